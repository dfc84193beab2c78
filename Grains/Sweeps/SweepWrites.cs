using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Store;

namespace Sweeper.Grains.Sweeps;

/// <summary>What an event changes in the store.</summary>
internal static class SweepWrites
{
    /// <summary>The write of one event.</summary>
    /// <param name="before">Sweep before it.</param>
    /// <param name="after">Sweep after it.</param>
    /// <param name="change">The event.</param>
    /// <param name="createdAt">When the sweep was submitted.</param>
    /// <param name="best">Best mean accuracy so far.</param>
    /// <param name="curves">Curves that came with it.</param>
    public static SweepWrite Of(
        SweepState before, SweepState after, SweepEvent change, DateTimeOffset createdAt, double? best, StoredCurves? curves) =>
        new(
            Summary(after, createdAt, best),
            before.Sequence == 0 ? after.Asked : null,
            [EventJson.Write(after.Sequence, change)],
            [.. after.ChangedCells.Order().Select(number => after.Cell(number).Record)],
            [.. after.ChangedTrials.Order().Select(number => after.Trial(number).Record)],
            Attempts(before, after, change),
            curves is null ? [] : [curves])
        {
            Fingerprints = Fingerprints(after),
        };

    /// <summary>Writes of one sweep, each of the event after the last one's, as one: of a row that several change, the store keeps the last.</summary>
    /// <param name="writes">At least one.</param>
    public static SweepWrite Joined(IEnumerable<SweepWrite> writes)
    {
        SweepWrite[] all = [.. writes];
        return all.Length == 1 ? all[0] : all[0] with
        {
            Summary = all[^1].Summary,
            Events = [.. all.SelectMany(write => write.Events)],
            Cells = [.. all.SelectMany(write => write.Cells)],
            Trials = [.. all.SelectMany(write => write.Trials)],
            Attempts = [.. all.SelectMany(write => write.Attempts)],
            Curves = [.. all.SelectMany(write => write.Curves)],
            Fingerprints = all[0].Fingerprints.SetItems(all.Skip(1).SelectMany(write => write.Fingerprints)),
        };
    }

    /// <summary>The sweep's row.</summary>
    public static SweepSummary Summary(SweepState state, DateTimeOffset createdAt, double? best)
    {
        SweepSpec spec = state.Spec;
        return new SweepSummary(
            spec.Name,
            state.Status,
            state.StatusReason,
            createdAt,
            state.LastAt,
            spec.Model.Name,
            spec.Data.Set,
            state.Counts.Total,
            state.Counts.Ended,
            best,
            GenerationOf: state.Generation?.Of,
            Generation: state.Generation?.Number);
    }

    /// <summary>Fingerprints of the jobs that have ended with this event.</summary>
    private static ImmutableDictionary<JobKey, string> Fingerprints(SweepState after)
    {
        SweepSpec spec = after.Spec;
        return after.ChangedTrials.Select(after.Trial)
            .Where(trial => trial.Record.Status == JobStatus.Done)
            .Select(trial => (new JobKey(spec.Name, JobKind.Trial, trial.Record.Number), JobIdentity.OfTrial(spec, trial.Record.Configuration, trial.Record.Seed, trial.Record.Plan)))
            .Concat(after.ChangedCells.Select(after.Cell)
                .Where(cell => cell.HasRangeTest && cell.Record.Status == JobStatus.Done)
                .Select(cell => (new JobKey(spec.Name, JobKind.RangeTest, cell.Record.Number), JobIdentity.OfRangeTest(spec, cell.Record.Key, cell.Record.LengthFactor, cell.Record.Repeat))))
            .ToImmutableDictionary(pair => pair.Item1, pair => pair.Item2);
    }

    private static ImmutableArray<AttemptRecord> Attempts(SweepState before, SweepState after, SweepEvent change)
    {
        switch (change)
        {
            case SweepEvent.SlotGranted granted:
                return after.Leases.TryGetValue(granted.Lease.Id, out JobKey started) && after.Running[started] is var now
                    ? [new AttemptRecord(started, now.Attempt, now.Lease.Worker.ToString(), granted.At, null, null, null)]
                    : [];
            case SweepEvent.JobEnded ended:
                JobOutcome outcome = after.OutcomeOf(ended);
                return Ended(before, ended.Key, ended.Attempt, ended.At, OutcomeText.Kind(outcome), OutcomeText.Of(outcome));
            case SweepEvent.JobLost lost:
                return Ended(before, lost.Key, lost.Attempt, lost.At, lost.HandedBack ? "handed_back" : "lost", lost.Reason);
            default:
                return [];
        }
    }

    private static ImmutableArray<AttemptRecord> Ended(
        SweepState before, JobKey key, int attempt, DateTimeOffset at, string end, string reason) =>
        before.Running.TryGetValue(key, out Assignment? job)
            ? [new AttemptRecord(key, attempt, job.Lease.Worker.ToString(), job.StartedAt, at, end, reason)]
            : [];
}
