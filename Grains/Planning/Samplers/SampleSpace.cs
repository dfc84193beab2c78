using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>A search space. Samplers work in its unit cube: one coordinate in [0, 1] a dimension, see <see cref="UnitAxis"/>.</summary>
/// <param name="Dimensions">Axes; at least one. A condition refers to an earlier one only.</param>
internal sealed record SampleSpace(ImmutableArray<Dimension> Dimensions)
{
    /// <summary>For each dimension the position of the one that its condition refers to; -1 without a condition.</summary>
    private readonly ImmutableArray<int> _parents = [.. Dimensions.Select((dimension, index) => ParentOf(Dimensions, dimension, index))];

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

    private bool IsActive(int index, double[] values) =>
        Dimensions[index].When is not { } when || when.IsMetBy(values[_parents[index]]);

    private static int ParentOf(ImmutableArray<Dimension> dimensions, Dimension dimension, int index)
    {
        if (dimension.When is not { } when)
        {
            return -1;
        }

        for (int earlier = 0; earlier < index; earlier++)
        {
            if (dimensions[earlier].Name == when.On)
            {
                return earlier;
            }
        }

        throw new ArgumentException($"The condition of {dimension.Name} refers to {when.On}, which is no earlier dimension.", nameof(dimensions));
    }
}
