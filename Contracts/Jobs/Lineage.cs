namespace Sweeper.Contracts.Jobs;

/// <summary>Where a network of a population stands, and whose weights it goes on from.</summary>
/// <param name="Member">Place in the population, from 1.</param>
/// <param name="Generation">Which of its runs, from 1.</param>
/// <param name="WeightsFrom">Number of the trial whose final weights the run starts from; null: fresh ones.</param>
/// <param name="WeightsIdentity">Fingerprint of that trial (<see cref="JobIdentity"/>); null without one.</param>
/// <param name="EpochsBefore">Epochs that those weights were trained for, along the whole line.</param>
/// <param name="KeepsWeights">Whether the final weights are kept because a later run may start from them.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.Lineage")]
public sealed record Lineage(
    int Member, int Generation, int? WeightsFrom, string? WeightsIdentity, double EpochsBefore, bool KeepsWeights);
