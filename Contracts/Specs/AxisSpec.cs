using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>Values that one hyperparameter may take.</summary>
[GenerateSerializer, Immutable, Alias("Sweeper.AxisSpec")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Values), "values")]
[JsonDerivedType(typeof(Range), "range")]
[JsonDerivedType(typeof(FromRangeTest), "range_test")]
public abstract record AxisSpec
{
    private AxisSpec()
    {
    }

    /// <summary>A list. One value fixes the hyperparameter.</summary>
    /// <param name="List">Values in the order of the spec; at least one, all different.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.AxisSpec.Values")]
    public sealed record Values(ImmutableArray<double> List) : AxisSpec
    {
        /// <summary>Whether both list the same values; an immutable array alone compares by reference.</summary>
        public bool Equals(Values? other) => other is not null && List.AsSpan().SequenceEqual(other.List.AsSpan());

        /// <inheritdoc/>
        public override int GetHashCode() => List.IsDefaultOrEmpty ? 0 : HashCode.Combine(List.Length, List[0], List[^1]);
    }

    /// <summary>An interval.</summary>
    /// <param name="Min">Least value, included.</param>
    /// <param name="Max">Greatest value, included; greater than <paramref name="Min"/>.</param>
    /// <param name="Log">Even in the logarithm (both ends greater than 0) instead of even in the value.</param>
    /// <param name="Points">Values that a grid takes, ends included; at least 2. 0 with random search, which draws anywhere between.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.AxisSpec.Range")]
    public sealed record Range(double Min, double Max, bool Log, int Points) : AxisSpec;

    /// <summary>Bounds from the LR range test of the trial's own cell; the maximum learning rate only.</summary>
    /// <param name="Low">Lower bound as a fraction of the cell's suggested maximum; in (0, <paramref name="High"/>].</param>
    /// <param name="High">Upper bound as a fraction of the cell's suggested maximum; greater than 0.</param>
    /// <param name="Points">Values that a grid takes, even in the logarithm, ends included; 1 takes the upper bound alone.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.AxisSpec.FromRangeTest")]
    public sealed record FromRangeTest(double Low, double High, int Points) : AxisSpec;
}
