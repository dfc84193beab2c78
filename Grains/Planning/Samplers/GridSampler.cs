namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// Every combination of levels, the last dimension changing fastest: each value of a dimension that has separate ones, and
/// evenly spaced levels, ends included, of a real one. Combinations that differ in inactive dimensions only are one. The
/// seed has no effect. Starts again at the first combination when all were suggested.
/// </summary>
/// <param name="realLevels">Levels of a real dimension; at least 2.</param>
internal sealed class GridSampler(int realLevels) : ISampler
{
    private const int DefaultRealLevels = 5;

    /// <summary>The instance with five levels for a real dimension.</summary>
    public static GridSampler Instance { get; } = new(DefaultRealLevels);

    /// <inheritdoc/>
    public Point Suggest(SampleSpace space, ulong seed, IReadOnlyList<Observation> history)
    {
        HashSet<Point> known = [.. history.Select(observation => observation.Point)];
        int[] levels = new int[space.Size];
        do
        {
            Point point = space.PointAt(Unit(space, levels));
            if (!known.Contains(point))
            {
                return point;
            }
        }
        while (Next(space, levels));

        return history[history.Count % known.Count].Point;
    }

    private double[] Unit(SampleSpace space, int[] levels)
    {
        double[] unit = new double[levels.Length];
        for (int index = 0; index < unit.Length; index++)
        {
            unit[index] = space.Dimensions[index] switch
            {
                Dimension.Real => levels[index] / (realLevels - 1.0),
                Dimension.Integer whole => UnitAxis.UnitOf(whole, (double)whole.Min + levels[index]),
                Dimension dimension => (levels[index] + 0.5) / Count(dimension),
            };
        }

        return unit;
    }

    private bool Next(SampleSpace space, int[] levels)
    {
        for (int index = levels.Length - 1; index >= 0; index--)
        {
            if (++levels[index] < Count(space.Dimensions[index]))
            {
                return true;
            }

            levels[index] = 0;
        }

        return false;
    }

    private long Count(Dimension dimension) => dimension switch
    {
        Dimension.Integer whole => (long)whole.Max - whole.Min + 1,
        Dimension.Stepped stepped => stepped.Values.Length,
        Dimension.Choice choice => choice.Options.Length,
        _ => realLevels,
    };
}
