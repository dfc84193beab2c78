using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning.Stopping;

namespace Sweeper.Grains.Planning;

/// <summary>Something that happened to a sweep. The stored events of a sweep, folded in order, are its state.</summary>
/// <param name="At">When, UTC: the planner has no clock of its own.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Submitted), "submitted")]
[JsonDerivedType(typeof(WarmStarted), "warm_started")]
[JsonDerivedType(typeof(Activated), "activated")]
[JsonDerivedType(typeof(SlotGranted), "slot_granted")]
[JsonDerivedType(typeof(Reused), "reused")]
[JsonDerivedType(typeof(Prefetched), "prefetched")]
[JsonDerivedType(typeof(PrefetchReturned), "prefetch_returned")]
[JsonDerivedType(typeof(PrefetchEnded), "prefetch_ended")]
[JsonDerivedType(typeof(JobEnded), "job_ended")]
[JsonDerivedType(typeof(JobLost), "job_lost")]
[JsonDerivedType(typeof(Measured), "measured")]
[JsonDerivedType(typeof(Paused), "paused")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(Retried), "retried")]
[JsonDerivedType(typeof(WallTimeReached), "wall_time_reached")]
[JsonDerivedType(typeof(LimitsSet), "limits_set")]
[JsonDerivedType(typeof(Extended), "extended")]
[JsonDerivedType(typeof(Enqueued), "enqueued")]
public abstract record SweepEvent(DateTimeOffset At)
{
    /// <summary>A user submitted the spec.</summary>
    /// <param name="At">When.</param>
    /// <param name="Generation">What it is a further generation of; null: of nothing.</param>
    /// <param name="Rules">Version of the planner's rules, so that a stored sweep is planned on as it began.</param>
    /// <param name="Batch">The largest batch, which the spec's axis of batch sizes stands for; null: it gives sizes.</param>
    /// <param name="Trace">W3C <c>traceparent</c> of the submission; null where nobody traced it.</param>
    /// <param name="By">Who; null where nobody said.</param>
    public sealed record Submitted(
        DateTimeOffset At, SweepGeneration? Generation = null, int Rules = PlannerRules.First, BatchFit? Batch = null, string? Trace = null, string? By = null) : SweepEvent(At);

    /// <summary>
    /// The results of earlier sweeps that the search begins with. They are part of the event: what becomes of those sweeps
    /// later changes nothing.
    /// </summary>
    /// <param name="Taken">What was taken, from where.</param>
    /// <param name="At">When.</param>
    public sealed record WarmStarted(WarmStart Taken, DateTimeOffset At) : SweepEvent(At);

    /// <summary>A coordinator took the sweep up after an interruption; the time in between does not count.</summary>
    /// <param name="At">When.</param>
    public sealed record Activated(DateTimeOffset At) : SweepEvent(At);

    /// <summary>The pool granted a slot: the next job takes it, or it goes back.</summary>
    /// <param name="Lease">The slot.</param>
    /// <param name="At">When.</param>
    /// <param name="Alone">Whether there is no other worker: jobs that failed here are tried here once more.</param>
    public sealed record SlotGranted(SlotLease Lease, DateTimeOffset At, bool Alone = false) : SweepEvent(At);

    /// <summary>The next job for a granted slot was run before: it takes that result over, and the slot goes back.</summary>
    /// <param name="Lease">The slot.</param>
    /// <param name="Key">Which job.</param>
    /// <param name="Outcome">How the earlier job ended.</param>
    /// <param name="Run">Its circumstances; <see cref="RunInfo.ReusedFrom"/> says which it was.</param>
    /// <param name="At">When.</param>
    public sealed record Reused(SlotLease Lease, JobKey Key, JobOutcome Outcome, RunInfo Run, DateTimeOffset At) : SweepEvent(At);

    /// <summary>A job has run for a while in a slot that the sweep may keep: the next one is to wait behind it.</summary>
    /// <param name="LeaseId">The slot.</param>
    /// <param name="At">When.</param>
    public sealed record Prefetched(long LeaseId, DateTimeOffset At) : SweepEvent(At);

    /// <summary>A job that was to wait behind another came back: under this prefetch it did not start and never will.</summary>
    /// <param name="Key">Which job.</param>
    /// <param name="Prefetch">Number of its prefetch.</param>
    /// <param name="At">When.</param>
    public sealed record PrefetchReturned(JobKey Key, long Prefetch, DateTimeOffset At) : SweepEvent(At);

    /// <summary>The pool wants the sweep's slots for others, or has free ones for what waits: no slot that it holds is kept for a further job.</summary>
    /// <param name="At">When.</param>
    public sealed record PrefetchEnded(DateTimeOffset At) : SweepEvent(At);

    /// <summary>A worker reported the end of an attempt.</summary>
    /// <param name="Key">Which job.</param>
    /// <param name="Attempt">Which attempt.</param>
    /// <param name="Outcome">How it ended.</param>
    /// <param name="Run">Circumstances.</param>
    /// <param name="At">When.</param>
    /// <param name="Readings">Readings along a trial that ran to its end, where a rule judges trials by those; null otherwise.</param>
    /// <param name="Others">Whether there is another worker that could try it, too, where it failed.</param>
    /// <param name="Successor">Number of the prefetch whose job has started in the slot; 0: none has.</param>
    public sealed record JobEnded(
        JobKey Key,
        int Attempt,
        JobOutcome Outcome,
        RunInfo Run,
        DateTimeOffset At,
        ImmutableArray<CycleReading>? Readings = null,
        bool Others = false,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long Successor = 0)
        : SweepEvent(At);

    /// <summary>
    /// A running trial was measured on the validation images, and judged. The judgement is part of the event: a later version
    /// of a rule does not change what has happened.
    /// </summary>
    /// <param name="Key">Which trial.</param>
    /// <param name="Attempt">Which attempt.</param>
    /// <param name="Readings">The new readings, fractions rising.</param>
    /// <param name="Against">What a rule has against it; null: nothing.</param>
    /// <param name="Stop">Whether it is stopped for that; otherwise it runs on as an audit.</param>
    /// <param name="At">When.</param>
    public sealed record Measured(
        JobKey Key, int Attempt, ImmutableArray<CycleReading> Readings, StopEvidence? Against, bool Stop, DateTimeOffset At) : SweepEvent(At);

    /// <summary>An attempt will never report.</summary>
    /// <param name="Key">Which job.</param>
    /// <param name="Attempt">Which attempt.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="HandedBack">Whether its worker gave it back in good order; only the others count against the limit of attempts.</param>
    /// <param name="At">When.</param>
    /// <param name="Died">The silo that died with the job on it, so that the job may be what killed it; null: none did.</param>
    public sealed record JobLost(
        JobKey Key, int Attempt, string Reason, bool HandedBack, DateTimeOffset At, string? Died = null) : SweepEvent(At);

    /// <summary>A user paused the sweep.</summary>
    /// <param name="At">When.</param>
    public sealed record Paused(DateTimeOffset At) : SweepEvent(At);

    /// <summary>A user let a paused or cancelled sweep go on.</summary>
    /// <param name="At">When.</param>
    public sealed record Resumed(DateTimeOffset At) : SweepEvent(At);

    /// <summary>A user cancelled the sweep.</summary>
    /// <param name="At">When.</param>
    public sealed record Cancelled(DateTimeOffset At) : SweepEvent(At);

    /// <summary>A user put ended jobs back into the queue.</summary>
    /// <param name="Jobs">Which; empty: every job that failed, ran out of memory or was stopped.</param>
    /// <param name="At">When.</param>
    public sealed record Retried(ImmutableArray<JobKey> Jobs, DateTimeOffset At) : SweepEvent(At);

    /// <summary>The sweep has been at work for as long as its spec allows.</summary>
    /// <param name="At">When.</param>
    public sealed record WallTimeReached(DateTimeOffset At) : SweepEvent(At);

    /// <summary>A user set the limits, or the share of the devices, anew.</summary>
    /// <param name="Limits">All of them.</param>
    /// <param name="What">What changed, in words.</param>
    /// <param name="By">Who.</param>
    /// <param name="At">When.</param>
    /// <param name="Sharing">How it shares the devices from now on; null: as before.</param>
    public sealed record LimitsSet(LimitsSpec Limits, string What, string By, DateTimeOffset At, SharingSpec? Sharing = null) : SweepEvent(At);

    /// <summary>A user asked for more of the same search.</summary>
    /// <param name="Trials">Further configurations; at least 0.</param>
    /// <param name="Seeds">Further seeds of each configuration; at least 0.</param>
    /// <param name="What">How much more, in words.</param>
    /// <param name="By">Who.</param>
    /// <param name="At">When.</param>
    public sealed record Extended(int Trials, int Seeds, string What, string By, DateTimeOffset At) : SweepEvent(At);

    /// <summary>A user put a configuration in front of the queue.</summary>
    /// <param name="Configuration">Point; need not lie in the space.</param>
    /// <param name="Seeds">Trials of it, each with a seed of its own.</param>
    /// <param name="By">Who.</param>
    /// <param name="At">When.</param>
    public sealed record Enqueued(Configuration Configuration, int Seeds, string By, DateTimeOffset At) : SweepEvent(At);
}
