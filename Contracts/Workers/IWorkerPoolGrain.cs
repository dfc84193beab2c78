using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Sweeper.Contracts.Workers;

/// <summary>The cluster's slots: who has how many, who wants them. One grain, key 0.</summary>
[Alias("Sweeper.IWorkerPoolGrain")]
public interface IWorkerPoolGrain : IGrainWithIntegerKey
{
    /// <summary>Heartbeat of a node: its workers and the leases that they hold. A node that falls silent loses its leases.</summary>
    [Alias("Announce"), ResponseTimeout("00:00:05")]
    Task AnnounceAsync(ImmutableArray<WorkerAnnouncement> workers);

    /// <summary>Says that a node leaves in good order.</summary>
    [Alias("Leave")]
    Task LeaveAsync(string node);

    /// <summary>Says that a node's silo is dead. One that the node has started since is left alone.</summary>
    /// <param name="node">Name of the node.</param>
    /// <param name="generation">Which of its silos.</param>
    [Alias("Lose"), ResponseTimeout("00:00:05")]
    Task LoseAsync(string node, int generation);

    /// <summary>Sets how many more slots a sweep could use now, and gives back those that it no longer uses.</summary>
    [Alias("Want")]
    Task WantAsync(string sweep, int slots, ImmutableArray<long> released);

    /// <summary>Every known worker.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<ImmutableArray<WorkerStatus>> ListAsync();
}

/// <summary>A worker's part of its node's heartbeat.</summary>
/// <param name="Status">What it is and does.</param>
/// <param name="Leases">Leases that it holds, with the sweeps that they were granted to.</param>
/// <param name="Generation">Which of the node's silos speaks: a later one has a greater number.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.WorkerAnnouncement")]
public sealed record WorkerAnnouncement(WorkerStatus Status, ImmutableArray<HeldLease> Leases, int Generation = 0);

/// <summary>A lease in use.</summary>
/// <param name="Id">Identity of the lease.</param>
/// <param name="Sweep">Sweep that it was granted to.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.HeldLease")]
public readonly record struct HeldLease(long Id, string Sweep);
