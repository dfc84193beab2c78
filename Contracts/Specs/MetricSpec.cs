using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Specs;

/// <summary>A metric of the user's own that trials are measured by at their end.</summary>
/// <param name="Plugin">Plug-in that holds it, or <see cref="ModelSpec.Host"/>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Sha256">SHA-256 of the plug-in's content, hexadecimal; the silo fills it in.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.MetricSpec")]
public sealed record MetricSpec(
    string Plugin,
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Sha256 = null)
{
    /// <summary>As a spec writes it: <c>my-metrics/kappa</c>.</summary>
    public override string ToString() => $"{Plugin}/{Name}";
}

/// <summary>Metrics of the user's own.</summary>
/// <param name="List">Each once, in the order of the spec; at least one.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.MetricSpecs")]
public sealed record MetricSpecs(ImmutableArray<MetricSpec> List)
{
    /// <summary>Whether both say the same; an immutable array alone compares by reference.</summary>
    public bool Equals(MetricSpecs? other) => other is not null && List.AsSpan().SequenceEqual(other.List.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => List.Aggregate(List.Length, HashCode.Combine);
}
