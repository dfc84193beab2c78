using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Sweeps;

/// <summary>Jobs that failed on a worker, and the other workers that there are for them.</summary>
internal sealed partial class SweepGrain
{
    /// <summary>Whether a job failed that another worker could try: in a cluster, where one machine may be at fault.</summary>
    private async Task<bool> IsForOthersAsync(JobReport report) =>
        report.Outcome is JobOutcome.Failed
        && _state?.Running.GetValueOrDefault(report.Key) is { } job && job.Attempt == report.Attempt && job.Lease.Generation != 0
        && await HasOtherThanAsync(job.Lease.Worker);

    /// <summary>Whether a slot goes back because every job that is ready has failed on its worker.</summary>
    private static bool IsOnlyForOthers(Decision decision) =>
        ReferenceEquals(decision.After, decision.Before)
        && !decision.Before.SecondTries.IsEmpty
        && decision.Before.SlotsWanted > 0
        && decision.Commands is [SweepCommand.Release];

    private async Task<bool> HasOtherThanAsync(WorkerKey worker)
    {
        try
        {
            ImmutableArray<WorkerStatus> all = await Pool.ListAsync();
            return all.Any(other => other.Key != worker && other.Duty == WorkerDuty.Open);
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            LogMessageLost(Name, "the question for other workers", error);
            return false;
        }
    }
}
