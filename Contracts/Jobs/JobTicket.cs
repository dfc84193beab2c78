using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Jobs;

/// <summary>A job as it is handed to a worker: everything that it needs, nothing to look up.</summary>
/// <param name="Key">Which job.</param>
/// <param name="Attempt">Attempt, from 1; reports of an older attempt are refused.</param>
/// <param name="LeaseId">Lease of the slot that it runs in.</param>
/// <param name="Configuration">Point of the space; a range test ignores the learning rate.</param>
/// <param name="Seed">Seed of the trial: weights, split, order, augmentation, dropout.</param>
/// <param name="Spec">The sweep's spec.</param>
/// <param name="Plan">How the trial trains where that is not as the spec says; null: as it says.</param>
/// <param name="LengthFactor">Length of a range test over the spec's.</param>
/// <param name="Repeat">What a range test repeats, and how; null: it is the first of its cell.</param>
/// <param name="Trace">W3C <c>traceparent</c> of the job's span; null: there is none.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.JobTicket")]
public sealed record JobTicket(
    JobKey Key,
    int Attempt,
    long LeaseId,
    Configuration Configuration,
    int Seed,
    SweepSpec Spec,
    TrialPlan? Plan = null,
    double LengthFactor = 1,
    RangeTestRepeat? Repeat = null,
    string? Trace = null);
