namespace Sweeper.Contracts.Analysis;

/// <summary>Main effect of a factor, as a share of the variance of predicted accuracy over the box that the trials span (functional ANOVA).</summary>
/// <param name="Factor">Which factor.</param>
/// <param name="Share">Share of variance; in [0, 1]. The shares of all factors and interactions add up to at most 1.</param>
/// <param name="Lower">Lower end of the 95% bootstrap interval over trials; in [0, <paramref name="Share"/>].</param>
/// <param name="Upper">Upper end of it; in [<paramref name="Share"/>, 1].</param>
[GenerateSerializer, Immutable, Alias("Sweeper.FactorImportance")]
public sealed record FactorImportance(Factor Factor, double Share, double Lower, double Upper);

/// <summary>What two factors do together beyond their main effects, as a share of the same variance.</summary>
/// <param name="First">One factor.</param>
/// <param name="Second">The other; comes later in <see cref="Factor"/>.</param>
/// <param name="Share">Share of variance; in [0, 1].</param>
/// <param name="Lower">Lower end of the 95% bootstrap interval over trials; in [0, <paramref name="Share"/>].</param>
/// <param name="Upper">Upper end of it; in [<paramref name="Share"/>, 1].</param>
[GenerateSerializer, Immutable, Alias("Sweeper.Interaction")]
public sealed record Interaction(Factor First, Factor Second, double Share, double Lower, double Upper);
