using Orleans.Concurrency;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Workers;

namespace Sweeper.Contracts.Sweeps;

/// <summary>Coordinator of one sweep; the key is the sweep's name. What workers and the pool tell it.</summary>
[Alias("Sweeper.ISweepReports")]
public interface ISweepReports : IGrainWithStringKey
{
    /// <summary>Takes an attempt's progress.</summary>
    /// <returns>Whether it should go on.</returns>
    [Alias("ReportProgress")]
    Task<JobVerdict> ReportProgressAsync(JobProgress progress);

    /// <summary>Takes an attempt's end; when the call returns, the result is durable. A repeated report is taken once.</summary>
    /// <returns>Whether the job has ended: what is kept of it, such as its checkpoint, is of no use any more. False for an attempt that was given up while another goes on.</returns>
    [Alias("Report"), AlwaysInterleave]
    Task<bool> ReportAsync(JobReport report);

    /// <summary>Takes an attempt back unfinished: the worker is leaving in good order, its checkpoint is written.</summary>
    [Alias("HandBack")]
    Task HandBackAsync(JobKey key, int attempt, string reason);

    /// <summary>Grants a slot.</summary>
    [Alias("Grant"), AlwaysInterleave]
    Task GrantAsync(SlotLease lease);

    /// <summary>Asks for a slot back for a sweep of a higher priority: its job writes a checkpoint and waits for another slot.</summary>
    [Alias("Yield")]
    Task YieldAsync(long leaseId, string reason);

    /// <summary>Takes back a job that was to wait behind another: it did not start and never will under this prefetch.</summary>
    /// <param name="key">Which job.</param>
    /// <param name="prefetch">Number of its prefetch (<see cref="JobTicket.Prefetch"/>).</param>
    [Alias("Return")]
    Task ReturnAsync(JobKey key, long prefetch);

    /// <summary>
    /// Says that the sweep's slots are wanted elsewhere, or that others are free for what waits: no job is prefetched in the slots that it
    /// has, and those that wait are called back.
    /// </summary>
    [Alias("EndPrefetch")]
    Task EndPrefetchAsync();

    /// <summary>Says that the worker of a lease is gone.</summary>
    /// <param name="leaseId">The lease.</param>
    /// <param name="reason">What happened, for a person.</param>
    /// <param name="died">Whether its silo is known to have died with the job on it, so that the job may be what killed it.</param>
    [Alias("Lose")]
    Task LoseAsync(long leaseId, string reason, bool died = false);

    /// <summary>Takes the sweep up where nobody works on it; its status stays as it is.</summary>
    [Alias("TakeUp")]
    Task TakeUpAsync();
}
