using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning;

/// <summary>Keeps <see cref="JobCounts"/> in step with single changes, so that a large sweep is never counted anew.</summary>
internal static class Tally
{
    /// <summary>No job.</summary>
    public static JobCounts Zero { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>With one more job.</summary>
    public static JobCounts Plus(this JobCounts counts, JobStatus status, JobOutcome? outcome) =>
        counts.Count(status, outcome, 1) with { Total = counts.Total + 1 };

    /// <summary>With one job moved.</summary>
    public static JobCounts Move(this JobCounts counts, JobStatus from, JobOutcome? before, JobStatus to, JobOutcome? after) =>
        counts.Count(from, before, -1).Count(to, after, 1);

    private static JobCounts Count(this JobCounts counts, JobStatus status, JobOutcome? outcome, int by) => (status, outcome) switch
    {
        (JobStatus.Waiting, _) => counts with { Waiting = counts.Waiting + by },
        (JobStatus.Ready, _) => counts with { Ready = counts.Ready + by },
        (JobStatus.Running, _) => counts with { Running = counts.Running + by },
        (JobStatus.Skipped, _) => counts with { Skipped = counts.Skipped + by },
        (_, JobOutcome.Diverged) => counts with { Diverged = counts.Diverged + by },
        (_, JobOutcome.Failed or JobOutcome.OutOfMemory) => counts with { Failed = counts.Failed + by },
        (_, JobOutcome.Stopped) => counts with { Stopped = counts.Stopped + by },
        (_, JobOutcome.StoppedEarly) => counts with { StoppedEarly = counts.StoppedEarly + by },
        _ => counts with { Completed = counts.Completed + by },
    };
}
