using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Planning;

/// <summary>What a coordinator does once an event is durable.</summary>
public abstract record SweepCommand
{
    private SweepCommand()
    {
    }

    /// <summary>Hand a job to a worker.</summary>
    /// <param name="Worker">Which worker.</param>
    /// <param name="Ticket">The job.</param>
    public sealed record Start(WorkerKey Worker, JobTicket Ticket) : SweepCommand;

    /// <summary>Ask a worker to stop a job.</summary>
    /// <param name="Worker">Which worker.</param>
    /// <param name="Key">Which job.</param>
    /// <param name="Attempt">Which attempt.</param>
    /// <param name="Reason">Why, for a person.</param>
    public sealed record Stop(WorkerKey Worker, JobKey Key, int Attempt, string Reason) : SweepCommand;

    /// <summary>Call back a job that waits behind another.</summary>
    /// <param name="Worker">Which worker.</param>
    /// <param name="Key">Which job.</param>
    /// <param name="Prefetch">Number of its prefetch.</param>
    public sealed record Withdraw(WorkerKey Worker, JobKey Key, long Prefetch) : SweepCommand;

    /// <summary>The job that waited behind the one that ended is at work in its slot: <see cref="SweepEvent.SlotGranted"/> is to follow at once.</summary>
    /// <param name="Lease">The slot.</param>
    public sealed record HandOn(SlotLease Lease) : SweepCommand;

    /// <summary>Take a worker out: it fails jobs that others do.</summary>
    /// <param name="Worker">Which worker.</param>
    /// <param name="Reason">Why, for a person.</param>
    public sealed record Quarantine(WorkerKey Worker, string Reason) : SweepCommand;

    /// <summary>Delete the final weights of a trial: no other will start from them.</summary>
    /// <param name="Key">Which trial.</param>
    public sealed record DropWeights(JobKey Key) : SweepCommand;

    /// <summary>Give a slot back to the pool.</summary>
    /// <param name="LeaseId">Which slot.</param>
    public sealed record Release(long LeaseId) : SweepCommand;
}
