using System.Diagnostics;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Grains.Planning;

/// <summary>Events in words, for the log at a user's console.</summary>
internal static class EventText
{
    /// <summary>One line; null where nothing happened that a person would want to read.</summary>
    /// <param name="change">The event.</param>
    /// <param name="after">Sweep after it.</param>
    public static string? Of(SweepEvent change, SweepState after) => change switch
    {
        SweepEvent.LimitsSet or SweepEvent.Extended or SweepEvent.Enqueued or SweepEvent.Submitted { Generation: not null } or SweepEvent.Submitted { Batch: not null } when SpecChanges.Words(change) is { } words => words,
        SweepEvent.Submitted => $"submitted: {Counted(after.RangeTests.Total, "range test")}, {Counted(after.Counts.Total, "trial")}",
        SweepEvent.WarmStarted warm => warm.Taken.Words,
        SweepEvent.Activated => "taken up again",
        SweepEvent.SlotGranted granted => Started(granted.Lease.Id, after),
        SweepEvent.Prefetched or SweepEvent.PrefetchReturned or SweepEvent.PrefetchEnded => null, // its start is told, where it starts
        SweepEvent.Reused { Run.ReusedFrom: { } source } reused =>
            $"{reused.Key.ShortName} reused from sweep {source.Sweep}, {source.ShortName}: {OutcomeText.Of(reused.Outcome)}",
        SweepEvent.JobEnded { Outcome: JobOutcome.Failed } failed when after.SecondTries.ContainsKey(failed.Key) =>
            $"{failed.Key.ShortName} failed on {failed.Run.Worker} and is tried by another worker: {((JobOutcome.Failed)failed.Outcome).Error}",
        SweepEvent.JobEnded ended => $"{ended.Key.ShortName} {OutcomeText.Of(after.OutcomeOf(ended))}",
        SweepEvent.Measured { Against: { } against, Stop: false } measured => $"{measured.Key.ShortName} would be stopped by {against.Rule} and runs on as an audit: {against.Text}",
        SweepEvent.Measured => null, // a stop is told at its end, with the outcome
        SweepEvent.JobLost { HandedBack: true } back => $"{back.Key.ShortName} handed back: {back.Reason}",
        SweepEvent.JobLost lost when after.Standing(lost.Key)?.Outcome is JobOutcome.Failed failed => $"{lost.Key.ShortName} {OutcomeText.Of(failed)}",
        SweepEvent.JobLost lost => $"{lost.Key.ShortName} lost its worker (attempt {lost.Attempt}): {lost.Reason}",
        SweepEvent.Paused => "paused",
        SweepEvent.Resumed => "resumed",
        SweepEvent.Cancelled => "cancelled",
        SweepEvent.Retried retried => retried.Jobs.IsEmpty ? "failed jobs queued again" : $"{retried.Jobs.Length} jobs queued again",
        SweepEvent.WallTimeReached => "the limit limits.wall_time was reached",
        _ => throw new UnreachableException(),
    };

    private static string Counted(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private static string Started(long lease, SweepState after)
    {
        if (!after.Leases.TryGetValue(lease, out JobKey key))
        {
            return after.StatusReason ?? "no job was left to start";
        }

        Assignment job = after.Running[key];
        return job.Attempt == 1
            ? $"{key.ShortName} started on {job.Lease.Worker}"
            : $"{key.ShortName} started on {job.Lease.Worker}, attempt {job.Attempt}";
    }
}
