using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>Values that one hyperparameter may take.</summary>
[GenerateSerializer, Immutable, Alias("Sweeper.AxisSpec")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Values), "values")]
[JsonDerivedType(typeof(Range), "range")]
[JsonDerivedType(typeof(FromRangeTest), "range_test")]
[JsonDerivedType(typeof(Stepped), "stepped")]
[JsonDerivedType(typeof(Largest), "largest")]
public abstract record AxisSpec
{
    private AxisSpec()
    {
    }

    /// <summary>Where the axis applies, and its value elsewhere; null: everywhere.</summary>
    [Id(0)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AxisWhen? When { get; init; }

    /// <summary>A list. One value fixes the hyperparameter.</summary>
    /// <param name="List">Values in the order of the spec; at least one, all different.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.AxisSpec.Values")]
    public sealed record Values(ImmutableArray<double> List) : AxisSpec
    {
        /// <summary>Whether both list the same values; an immutable array alone compares by reference.</summary>
        public bool Equals(Values? other) => base.Equals(other) && List.AsSpan().SequenceEqual(other.List.AsSpan());

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

    /// <summary>An interval in steps: its least value and those that follow at one distance.</summary>
    /// <param name="Min">First value.</param>
    /// <param name="Max">Bound of the last value, included; not less than <paramref name="Min"/>.</param>
    /// <param name="Step">Distance between neighbours; greater than 0.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.AxisSpec.Stepped")]
    public sealed record Stepped(double Min, double Max, double Step) : AxisSpec
    {
        /// <summary>Slack for the rounding of a quotient: 0.3 is three steps of 0.1.</summary>
        private const double Slack = 1e-9;

        /// <summary>Digits that a value keeps: 0.1 + 0.2 is 0.3.</summary>
        private const string Digits = "G12";

        /// <summary>Number of values; a double, because a slip can pass any integer.</summary>
        [JsonIgnore]
        public double Count => Math.Floor(((Max - Min) / Step) + Slack) + 1;

        /// <summary>The values, ascending.</summary>
        public ImmutableArray<double> ToList() =>
        [
            .. Enumerable.Range(0, (int)Count).Select(index => double.Parse(
                Math.Min(Max, Min + (index * Step)).ToString(Digits, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>Bounds from the LR range test of the trial's own cell; the maximum learning rate only.</summary>
    /// <param name="Low">Lower bound as a fraction of the cell's suggested maximum; in (0, <paramref name="High"/>].</param>
    /// <param name="High">Upper bound as a fraction of the cell's suggested maximum; greater than 0.</param>
    /// <param name="Points">Values that a grid takes, even in the logarithm, ends included; 1 takes the upper bound alone.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.AxisSpec.FromRangeTest")]
    public sealed record FromRangeTest(double Low, double High, int Points) : AxisSpec;

    /// <summary>
    /// The largest batch that the device can train with, and its halves; the batch size only. A worker finds it by trying before
    /// the first job starts, and the sweep is planned with the values that it found.
    /// </summary>
    /// <param name="Points">Values: the largest, its half, its quarter and so on; at least 1.</param>
    [GenerateSerializer, Immutable, Alias("Sweeper.AxisSpec.Largest")]
    public sealed record Largest(int Points) : AxisSpec
    {
        /// <summary>What stands in for the largest batch until a worker has found it, to count and to predict with.</summary>
        public const int Assumed = 1 << 10;

        /// <summary>The axis once the largest batch is known, ascending; fewer values where halving ends at 1.</summary>
        /// <param name="batchSize">Images; at least 1.</param>
        public Values Of(int batchSize) =>
            new([.. Enumerable.Range(0, Points).Select(halvings => (double)(batchSize >> halvings)).Where(size => size >= 1).Reverse()]);
    }
}
