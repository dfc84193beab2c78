using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>Earlier sweeps whose results a search begins with.</summary>
/// <param name="Sweeps">Their names in the order of the spec; empty: every finished one of the same model family and data set.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.WarmStartSpec")]
public sealed record WarmStartSpec(ImmutableArray<string> Sweeps)
{
    /// <summary>Path of the setting.</summary>
    public const string Path = "search.warm_start";

    /// <summary>Every finished sweep of the same model family and data set.</summary>
    public static WarmStartSpec Auto { get; } = new([]);

    /// <summary>Whether the sweeps are found, not named.</summary>
    [JsonIgnore]
    public bool IsAuto => Sweeps.IsDefaultOrEmpty;

    /// <summary>Whether both name the same; an immutable array alone compares by reference.</summary>
    public bool Equals(WarmStartSpec? other) => other is not null && Sweeps.AsSpan().SequenceEqual(other.Sweeps.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => IsAuto ? 0 : HashCode.Combine(Sweeps.Length, Sweeps[0]);
}
