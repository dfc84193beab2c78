using System.Collections.Immutable;

namespace Sweeper.Contracts.Specs;

/// <summary>Where an axis applies: where other axes have given values. Elsewhere it has one value.</summary>
/// <param name="Conditions">What must hold, all of it; at least one, each of another axis.</param>
/// <param name="Else">Value elsewhere; null: the first of a list, the least of an interval.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.AxisWhen")]
public sealed record AxisWhen(ImmutableArray<AxisCondition> Conditions, double? Else = null)
{
    /// <summary>Whether both say the same; an immutable array alone compares by reference.</summary>
    public bool Equals(AxisWhen? other) =>
        other is not null && Nullable.Equals(Else, other.Else) && Conditions.AsSpan().SequenceEqual(other.Conditions.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Conditions.IsDefault ? 0 : Conditions.Length, Else);
}

/// <summary>What the value of another axis must be.</summary>
/// <param name="Axis">Key of the other axis, such as <c>batch_size</c>; <c>train_size</c> counts as one.</param>
/// <param name="Among">The values that meet it: a list, or an interval whose scale and points say nothing.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.AxisCondition")]
public sealed record AxisCondition(string Axis, AxisSpec Among)
{
    /// <summary>Whether a value of the other axis meets it.</summary>
    public bool IsMetBy(double value) => Among switch
    {
        AxisSpec.Values list => list.List.Contains(value),
        AxisSpec.Range range => value >= range.Min && value <= range.Max,
        _ => false,
    };
}
