using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>
/// Honest readings on the way: at some points of a run it is annealed on the side, measured, and put back as it was. The run
/// itself ends with the same weights as without them.
/// </summary>
/// <param name="At">Fractions of the run, in (0, 1), rising; at least one.</param>
/// <param name="Length">Length of each anneal over that of the run; greater than 0.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.CooldownSpec")]
public sealed record CooldownSpec(ImmutableArray<double> At, double Length)
{
    /// <summary>Length where a spec does not say; rivals of the field anneal over 5 to 10% (arXiv:2405.18392).</summary>
    public const double DefaultLength = 0.05;

    /// <summary>What the readings of a run cost over the run itself.</summary>
    [JsonIgnore]
    public double Cost => At.Length * Length;

    /// <summary>Whether both say the same; an immutable array alone compares by reference.</summary>
    public bool Equals(CooldownSpec? other) =>
        other is not null && Length.Equals(other.Length) && At.AsSpan().SequenceEqual(other.At.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(At.Length, Length);
}
