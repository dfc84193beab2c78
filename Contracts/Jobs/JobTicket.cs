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
/// <param name="Prefetch">
/// Number of the prefetch, which the sweep gives out once: the job waits for the end of another, whose slot it then takes over without a
/// further word. 0: it starts at once.
/// </param>
/// <param name="After">The attempt that it waits for; it is at work on the same lease. Null: none.</param>
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
    string? Trace = null,
    long Prefetch = 0,
    AttemptKey? After = null);

/// <summary>Identity of an attempt.</summary>
/// <param name="Job">Which job.</param>
/// <param name="Attempt">Which attempt of it, from 1.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.AttemptKey")]
public readonly record struct AttemptKey(JobKey Job, int Attempt);
