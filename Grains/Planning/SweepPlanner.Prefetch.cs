using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Planning;

/// <summary>
/// Jobs that wait on a worker behind the one that runs there, so that the device does not wait for a store. The end of the one in front says
/// whether the other has started: until then it can be called back, and nobody else is given it.
/// </summary>
internal static partial class SweepPlanner
{
    /// <summary>Whether the next job could wait for a slot that a job is at work in.</summary>
    public static bool CanPrefetch(SweepState state, long lease) =>
        state.Status == SweepStatus.Running
        && state.ReadyCells.Count + state.ReadyTrials.Count > state.Prefetched.Count // asked with every piece of progress: most often there is nothing
        && state.Leases.TryGetValue(lease, out JobKey running)
        && state.Running[running] is { Lease.Prefetch: true, StopReason: null } job
        && state.BehindLease(lease) is null
        && IsWithinMostParallel(state)
        && Deaths(state, running).IsEmpty
        && NextFor(state, job.Lease.Worker) is { } next
        && Deaths(state, next).IsEmpty // whoever may have killed a silo is alone when it runs again
        && Affords(state, PlannedEpochs(state, next));

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Prefetch(SweepState state, SweepEvent.Prefetched prefetched)
    {
        if (!CanPrefetch(state, prefetched.LeaseId))
        {
            return (state, Nothing);
        }

        JobKey running = state.Leases[prefetched.LeaseId];
        SlotLease lease = state.Running[running].Lease;
        JobKey key = NextFor(state, lease.Worker)!.Value; // it can: there is one
        long number = state.Sequence + 1;
        JobTicket ticket = Ticket(state, key, lease.Id) with { Prefetch = number, After = new AttemptKey(running, state.Running[running].Attempt) };
        return (
            state.Wait(key, new PrefetchedJob(number, ticket.Attempt, lease)) with { EpochsCommitted = state.EpochsCommitted + PlannedEpochs(state, key) },
            [new SweepCommand.Start(lease.Worker, ticket)]);
    }

    /// <summary>The job that waited has started: the slot is its own.</summary>
    private static (SweepState State, ImmutableArray<SweepCommand> Commands) HandOn(SweepState state, SweepEvent.SlotGranted granted, JobKey key)
    {
        PrefetchedJob waited = state.Prefetched[key];
        if (!state.IsReady(key))
        {
            return (
                Unprefetched(state, key, started: true),
                [new SweepCommand.Stop(granted.Lease.Worker, key, waited.Attempt, "the job was given up"), new SweepCommand.Release(granted.Lease.Id)]);
        }

        SweepState next = Run(state.StopWaiting(key), granted, key, waited.Attempt); // its epochs are counted already
        return state.Status == SweepStatus.Cancelled ? StopRunning(next, WasCancelled) : (next, Nothing);
    }

    /// <summary>What becomes of the slot of a job that has ended: it goes to the job that waited, where that has started, or back.</summary>
    private static (SweepState State, ImmutableArray<SweepCommand> Commands) PassOn(SweepState state, SlotLease lease, long successor)
    {
        if (state.BehindLease(lease.Id) is not { } key)
        {
            return (state, [new SweepCommand.Release(lease.Id)]);
        }

        return state.Prefetched[key].Number == successor
            ? (state, [new SweepCommand.HandOn(lease)])
            : (Unprefetched(state, key, started: false), [new SweepCommand.Release(lease.Id)]);
    }

    /// <summary>What becomes of a slot whose job will never report. Where that was not handed back, nobody knows whether the job behind it has started.</summary>
    private static (SweepState State, ImmutableArray<SweepCommand> Commands) LoseSlot(SweepState state, SlotLease lease, SweepEvent.JobLost lost)
    {
        var release = new SweepCommand.Release(lease.Id);
        if (state.BehindLease(lease.Id) is not { } key)
        {
            return (state, [release]);
        }

        SweepState next = Unprefetched(state, key, started: !lost.HandedBack);
        if (lost.HandedBack)
        {
            return (next, [release]);
        }

        return (
            lost.Died is { } silo ? Blame(next, key, silo) : next,
            [new SweepCommand.Stop(lease.Worker, key, state.Prefetched[key].Attempt, "the job before it is lost"), release]);
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) TakeBack(SweepState state, SweepEvent.PrefetchReturned returned)
    {
        if (state.Prefetched.GetValueOrDefault(returned.Key) is { } waited && waited.Number == returned.Prefetch)
        {
            return (Unprefetched(state, returned.Key, started: false), Nothing);
        }

        return (state, Nothing);
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) EndPrefetch(SweepState state)
    {
        bool ends = state.Running.Values.Any(job => job.Lease.Prefetch);
        return ends
            ? (state with { Running = state.Running.ToImmutableDictionary(job => job.Key, job => job.Value with { Lease = job.Value.Lease with { Prefetch = false } }) }, Nothing)
            : (state, [.. state.Prefetched.Select(Withdraw)]); // it is asked again: so are the workers
    }

    /// <param name="state">Sweep.</param>
    /// <param name="key">Which job.</param>
    /// <param name="started">Whether it may have started: its attempt is then used up.</param>
    private static SweepState Unprefetched(SweepState state, JobKey key, bool started)
    {
        SweepState next = started ? At(state, key, status: null, state.Prefetched[key].Attempt) : state;
        return next.StopWaiting(key) with { EpochsCommitted = state.EpochsCommitted - PlannedEpochs(state, key) };
    }

    /// <summary>Calls back jobs that wait and are not wanted there any more.</summary>
    /// <param name="before">Sweep before an event.</param>
    /// <param name="after">Sweep after it.</param>
    /// <param name="again">Whether those that were called back before are so again.</param>
    private static IEnumerable<SweepCommand> Unwanted(SweepState before, SweepState after, bool again) => after.Prefetched
        .Where(job => !IsWanted(after, job.Key, job.Value) && (again || !before.Prefetched.ContainsKey(job.Key) || IsWanted(before, job.Key, job.Value)))
        .Select(Withdraw);

    /// <summary>Whether a job is to wait where it does: not where the sweep pauses, the job has ended otherwise, too many run, others want the slot, or a user's own come first.</summary>
    private static bool IsWanted(SweepState state, JobKey key, PrefetchedJob waiting) =>
        state.Status == SweepStatus.Running
        && state.IsReady(key)
        && IsWithinMostParallel(state)
        && (!state.Leases.TryGetValue(waiting.Lease.Id, out JobKey running) || state.Running[running].Lease.Prefetch)
        && (state.Front.IsEmpty || state.Front.Contains(key.Number) && key.Kind == JobKind.Trial || !state.Front.Any(number => IsUnassigned(state, number)));

    /// <summary>Whether no more jobs run than a user allows, who may have narrowed that under them.</summary>
    private static bool IsWithinMostParallel(SweepState state) => state.Running.Count <= (state.Spec.Limits.MaxParallel ?? int.MaxValue);

    private static bool IsUnassigned(SweepState state, int trial) =>
        state.ReadyTrials.Contains(trial) && !state.Prefetched.ContainsKey(new JobKey(state.Spec.Name, JobKind.Trial, trial));

    private static SweepCommand Withdraw(KeyValuePair<JobKey, PrefetchedJob> job) => new SweepCommand.Withdraw(job.Value.Lease.Worker, job.Key, job.Value.Number);

    private static ImmutableArray<string> Deaths(SweepState state, JobKey key) =>
        key.Kind == JobKind.Trial ? state.Trial(key.Number).Deaths : state.Cell(key.Number).Deaths;
}
