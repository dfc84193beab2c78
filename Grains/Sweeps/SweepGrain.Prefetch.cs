using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Sweeps;

/// <summary>Jobs that wait on workers behind others.</summary>
internal sealed partial class SweepGrain
{
    /// <summary>Time that a job has to run before the next one waits behind it: by then whatever slot is free has been granted.</summary>
    private static readonly TimeSpan PrefetchAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>Slots whose next job did not come to wait: it is not tried again.</summary>
    private readonly HashSet<long> _unprefetched = [];

    /// <summary>Ends when the workers have answered the last withdrawals; a user is told that something is done when nothing starts in spite of it.</summary>
    private Task _withdrawn = Task.CompletedTask;

    /// <inheritdoc />
    public async Task ReturnAsync(JobKey key, long prefetch)
    {
        await HeardAsync();
        await AdvanceAsync(new SweepEvent.PrefetchReturned(key, prefetch, clock.GetUtcNow()));
    }

    /// <inheritdoc />
    public async Task EndPrefetchAsync()
    {
        await HeardAsync();
        if (_state is not null)
        {
            await AdvanceAsync(new SweepEvent.PrefetchEnded(clock.GetUtcNow()));
        }
    }

    /// <summary>Has the next job of every slot that the sweep may keep wait on its worker.</summary>
    private async Task PrefetchAsync()
    {
        _unprefetched.RemoveWhere(lease => _state?.Leases.ContainsKey(lease) != true);
        foreach (Assignment job in _state?.Running.Values.ToArray() ?? [])
        {
            await PrefetchAsync(job);
        }
    }

    /// <summary>Has the next job wait behind one that runs, where the sweep may keep the slot.</summary>
    private async Task PrefetchAsync(Assignment job)
    {
        DateTimeOffset now = clock.GetUtcNow();
        bool may = job.Lease.Prefetch && now - job.StartedAt >= PrefetchAfter && !_unprefetched.Contains(job.Lease.Id);
        if (may && _state is { } state && SweepPlanner.CanPrefetch(state, job.Lease.Id))
        {
            await PrefetchAsync(new SweepEvent.Prefetched(job.Lease.Id, now));
        }
    }

    private async Task PrefetchAsync(SweepEvent.Prefetched prefetched)
    {
        Decision decision = Decide(prefetched);
        if (await CountFreshAsync([decision]) == 1)
        {
            await TakeAsync([decision]);
        }
        else
        {
            _unprefetched.Add(prefetched.LeaseId); // it may have been run before: that is looked up when a slot is granted
        }
    }

    /// <summary>Calls a job back; one that has started goes on, and the end of the one before it says so.</summary>
    private async Task WithdrawAsync(SweepCommand.Withdraw withdraw)
    {
        try
        {
            if (await WorkerOf(withdraw.Worker).WithdrawAsync(withdraw.Key, withdraw.Prefetch))
            {
                GiveBack(withdraw.Key, withdraw.Prefetch);
            }
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            LogMessageLost(Name, "a withdrawal", error); // the end of the job before it settles it
        }
    }

    private void GiveBack(JobKey key, long prefetch) => Post("a job that did not start", this.AsReference<ISweepReports>().ReturnAsync(key, prefetch));
}
