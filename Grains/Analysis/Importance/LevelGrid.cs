namespace Sweeper.Grains.Analysis.Importance;

/// <summary>
/// The box of factors cut into levels, every level of a factor weighing the same: the values themselves where there are few,
/// otherwise equal pieces of the factor's scale.
/// </summary>
internal sealed class LevelGrid
{
    private const int MostLevels = 12;

    private readonly double[]?[] _values;

    /// <summary>The levels of the factors that vary.</summary>
    public LevelGrid(FactorSpace space, IReadOnlyList<Outcome> outcomes)
    {
        double[][] points = [.. outcomes.Select(space.Point)];
        _values = [.. space.Varying.Select((_, factor) => Few([.. points.Select(point => point[factor]).Distinct().Order()]))];
        Levels = [.. _values.Select(values => values?.Length ?? MostLevels)];
        Cells = [.. points.Select(point => (int[])[.. point.Select(LevelOf)])];
        Accuracies = [.. outcomes.Select(outcome => outcome.Accuracy)];
    }

    /// <summary>Number of levels of each factor.</summary>
    public int[] Levels { get; }

    /// <summary>Level of each factor, from 0, for each outcome.</summary>
    public int[][] Cells { get; }

    /// <summary>Accuracy of each outcome.</summary>
    public double[] Accuracies { get; }

    private static double[]? Few(double[] distinct) => distinct.Length <= MostLevels ? distinct : null;

    private int LevelOf(double scaled, int factor) =>
        _values[factor] is { } values
            ? Array.BinarySearch(values, scaled)
            : Math.Clamp((int)((scaled + 1) / 2 * MostLevels), 0, MostLevels - 1);
}
