using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>A search space. Samplers work in its unit cube: one coordinate in [0, 1] a dimension, see <see cref="UnitAxis"/>.</summary>
/// <param name="Dimensions">Axes; at least one. A condition refers to an earlier one only.</param>
internal sealed record SampleSpace(ImmutableArray<Dimension> Dimensions)
{
    /// <summary>For each dimension the positions of those that its conditions refer to.</summary>
    private readonly ImmutableArray<ImmutableArray<int>> _parents =
        [.. Dimensions.Select((dimension, index) => ParentsOf(Dimensions, dimension, index))];

    /// <summary>Number of dimensions, inactive ones included.</summary>
    public int Size => Dimensions.Length;

    /// <summary>Point at a place of the unit cube. Coordinates of dimensions that its other values leave inactive are ignored.</summary>
    /// <param name="unit">A coordinate for each dimension; anything outside [0, 1] counts as the nearer end.</param>
    public Point PointAt(ReadOnlySpan<double> unit)
    {
        double[] values = new double[Size];
        for (int index = 0; index < Size; index++)
        {
            values[index] = IsActive(index, values) ? UnitAxis.ValueAt(Dimensions[index], unit[index]) : double.NaN;
        }

        return new Point([.. values]);
    }

    /// <summary>Point of values for every dimension, those that the others leave inactive ignored.</summary>
    public Point PointOf(ReadOnlySpan<double> values)
    {
        double[] active = values.ToArray();
        for (int index = 0; index < Size; index++)
        {
            active[index] = IsActive(index, active) ? active[index] : double.NaN;
        }

        return new Point([.. active]);
    }

    /// <summary>Place of a point in the unit cube; NaN for inactive dimensions.</summary>
    public double[] UnitOf(Point point)
    {
        double[] unit = new double[Size];
        for (int index = 0; index < Size; index++)
        {
            unit[index] = double.IsNaN(point[index]) ? double.NaN : UnitAxis.UnitOf(Dimensions[index], point[index]);
        }

        return unit;
    }

    private bool IsActive(int index, double[] values)
    {
        ImmutableArray<Condition> conditions = Dimensions[index].When;
        for (int number = 0; number < conditions.Length; number++)
        {
            if (!conditions[number].IsMetBy(values[_parents[index][number]]))
            {
                return false;
            }
        }

        return true;
    }

    private static ImmutableArray<int> ParentsOf(ImmutableArray<Dimension> dimensions, Dimension dimension, int index) =>
    [
        .. dimension.When.Select(when => Enumerable.Range(0, index).Where(earlier => dimensions[earlier].Name == when.On).Cast<int?>().FirstOrDefault()
            ?? throw new ArgumentException($"The condition of {dimension.Name} refers to {when.On}, which is no earlier dimension.", nameof(dimensions))),
    ];
}
