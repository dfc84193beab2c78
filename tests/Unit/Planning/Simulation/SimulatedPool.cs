using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>Leases free slots, one at a time, and takes leases back that nobody uses.</summary>
internal sealed class SimulatedPool(
    IReadOnlyList<WorkerKey> workers, Scenario scenario, SimulatedTime time, Func<SweepState> sweep, Func<Func<DateTimeOffset, SweepEvent>, bool> coordinator)
{
    private static readonly TimeSpan Unused = TimeSpan.FromMinutes(2);

    private readonly Dictionary<long, (WorkerKey Worker, DateTimeOffset Since)> _leases = [];
    private long _last;

    public void Release(long lease) => _leases.Remove(lease);

    /// <summary>One round: what is unused goes back, what is free is offered, to jobs that wait elsewhere, too.</summary>
    public void Turn()
    {
        HashSet<long> used = [.. sweep().Running.Values.Select(job => job.Lease.Id)];
        foreach (long lease in _leases.Where(lease => !used.Contains(lease.Key) && time.Now - lease.Value.Since > Unused).Select(lease => lease.Key).ToList())
        {
            _leases.Remove(lease);
        }

        int wanted = sweep().SlotsWanted;
        foreach (WorkerKey worker in workers)
        {
            int free = scenario.Slots - _leases.Values.Count(lease => lease.Worker == worker);
            for (; free > 0 && wanted > 0; free--, wanted--)
            {
                Offer(worker);
            }

            if ((free > 0 && sweep().PrefetchedToMove > 0) || time.Happens(scenario.Prefetch / 50))
            {
                time.Send(() => coordinator(at => new SweepEvent.PrefetchEnded(at)));
            }
        }
    }

    private void Offer(WorkerKey worker)
    {
        var lease = new SlotLease(++_last, worker, Prefetch: time.Happens(scenario.Prefetch));
        _leases.Add(lease.Id, (worker, time.Now));
        time.Send(() =>
        {
            coordinator(at => new SweepEvent.SlotGranted(lease, at));
            if (time.Happens(scenario.Duplicate))
            {
                time.Send(() => coordinator(at => new SweepEvent.SlotGranted(lease, at)));
            }
        });
    }
}
