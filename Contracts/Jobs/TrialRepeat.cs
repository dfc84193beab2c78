namespace Sweeper.Contracts.Jobs;

/// <summary>A trial of another sweep that is run once more, for its weights: whatever decides its numbers beside that sweep's spec.</summary>
/// <param name="Configuration">Point of the space.</param>
/// <param name="Replicate">Replicate, from 1.</param>
/// <param name="Seed">Seed of the trial.</param>
/// <param name="Plan">How it trains where that is not as the spec says; null: as it says.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.TrialRepeat")]
public sealed record TrialRepeat(Configuration Configuration, int Replicate, int Seed, TrialPlan? Plan = null);
