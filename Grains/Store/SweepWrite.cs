using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Store;

/// <summary>Events of one sweep with the rows that they change.</summary>
/// <param name="Summary">The sweep's row after the events.</param>
/// <param name="Spec">Spec, with the first write of a sweep; null afterwards.</param>
/// <param name="Events">Events, their sequence numbers rising by one.</param>
/// <param name="Cells">Cells that changed.</param>
/// <param name="Trials">Trials that changed.</param>
/// <param name="Attempts">Attempts that started or ended.</param>
/// <param name="Curves">Curves of jobs that ended.</param>
public sealed record SweepWrite(
    SweepSummary Summary,
    SweepSpec? Spec,
    ImmutableArray<StoredEvent> Events,
    ImmutableArray<CellRecord> Cells,
    ImmutableArray<TrialRecord> Trials,
    ImmutableArray<AttemptRecord> Attempts,
    ImmutableArray<StoredCurves> Curves)
{
    /// <summary>Name of the sweep.</summary>
    public string Sweep => Summary.Name;

    /// <summary>Fingerprints of jobs among those written whose results may be taken over.</summary>
    public ImmutableDictionary<JobKey, string> Fingerprints { get; init; } = ImmutableDictionary<JobKey, string>.Empty;
}

/// <summary>A job that ended with a result that another may take over.</summary>
/// <param name="Key">Which job.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Run">Circumstances.</param>
public sealed record EndedJob(JobKey Key, JobOutcome Outcome, RunInfo Run);

/// <summary>An event as it is stored.</summary>
/// <param name="Sequence">Number within the sweep, from 1.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Kind">Name of the event's type.</param>
/// <param name="Payload">The event as JSON.</param>
public sealed record StoredEvent(long Sequence, DateTimeOffset At, string Kind, string Payload);

/// <summary>A sweep as its coordinator reads it.</summary>
/// <param name="Spec">What was asked.</param>
/// <param name="CreatedAt">When, UTC.</param>
/// <param name="Events">Events in order.</param>
public sealed record StoredSweep(SweepSpec Spec, DateTimeOffset CreatedAt, ImmutableArray<StoredEvent> Events);

/// <summary>One attempt at a job.</summary>
/// <param name="Job">Which job.</param>
/// <param name="Attempt">Attempt, from 1.</param>
/// <param name="Worker">Key of the worker.</param>
/// <param name="StartedAt">When it was assigned, UTC.</param>
/// <param name="EndedAt">When it ended, UTC; null while it has not.</param>
/// <param name="End">How it ended: an outcome's name, <c>lost</c> or <c>handed_back</c>; null while it has not.</param>
/// <param name="Reason">Why, where that is worth saying.</param>
public sealed record AttemptRecord(
    JobKey Job, int Attempt, string Worker, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? End, string? Reason);

/// <summary>Curves of a job that ended.</summary>
/// <param name="Job">Which job.</param>
/// <param name="Attempt">Attempt that recorded them.</param>
/// <param name="Curves">The curves.</param>
public sealed record StoredCurves(JobKey Job, int Attempt, JobCurves Curves);
