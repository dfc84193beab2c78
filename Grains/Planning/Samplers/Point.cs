using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>A point of a search space. Points with the same values are equal, inactive dimensions included.</summary>
/// <param name="Values">
/// Value of each dimension in the space's order: of a choice the index of its option; NaN where a dimension is inactive.
/// </param>
internal readonly record struct Point(ImmutableArray<double> Values)
{
    /// <summary>Value of a dimension; NaN where it is inactive.</summary>
    /// <param name="dimension">Position of the dimension in its space.</param>
    public double this[int dimension] => Values[dimension];

    /// <summary>Whether a dimension has a value.</summary>
    /// <param name="dimension">Position of the dimension in its space.</param>
    public bool IsActive(int dimension) => !double.IsNaN(Values[dimension]);

    /// <summary>Whether both have the same values; an immutable array alone compares by reference, and NaN never equals itself by ==.</summary>
    public bool Equals(Point other) => Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (double value in Values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }
}
