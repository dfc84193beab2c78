using System.Collections.Immutable;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Workers;

/// <summary>
/// Who has which slot, who wants more, who gets the next: the wanting sweep that holds fewest, then the one that has waited
/// longest. Pure bookkeeping in memory; a new one is rebuilt from the nodes' announcements.
/// </summary>
internal sealed class SlotAllocator
{
    private readonly Dictionary<string, Node> _nodes = [];
    /// <summary>Time that a lease may be out before its worker has to know of it.</summary>
    public static readonly TimeSpan LeaseGrace = TimeSpan.FromSeconds(30);

    private readonly Dictionary<long, Lease> _leases = [];
    private readonly Dictionary<string, (int Slots, long Since)> _wants = [];
    private long _order;

    /// <summary>Every worker that is known.</summary>
    public ImmutableArray<WorkerStatus> Workers =>
        [.. _nodes.Values.SelectMany(node => node.Workers).OrderBy(worker => worker.Key.ToString(), StringComparer.Ordinal)];

    /// <summary>Takes a node's announcement. Leases that it holds and nobody here knows are adopted.</summary>
    /// <returns>Leases that its workers should hold and do not: taken back, whatever became of their jobs.</returns>
    public ImmutableArray<HeldLease> Announce(ImmutableArray<WorkerAnnouncement> workers, DateTimeOffset now)
    {
        var vanished = ImmutableArray.CreateBuilder<HeldLease>();
        foreach (IGrouping<string, WorkerAnnouncement> node in workers.GroupBy(worker => worker.Status.Key.Node))
        {
            _nodes[node.Key] = new Node([.. node.Select(worker => worker.Status)], now);
            foreach (WorkerAnnouncement worker in node)
            {
                foreach (HeldLease lease in worker.Leases)
                {
                    _leases.TryAdd(lease.Id, new Lease(lease.Sweep, worker.Status.Key, now));
                }

                HashSet<long> held = [.. worker.Leases.Select(lease => lease.Id)];
                vanished.AddRange(TakeBack((id, lease) =>
                    lease.Worker == worker.Status.Key && now - lease.Since > LeaseGrace && !held.Contains(id)));
            }
        }

        return vanished.ToImmutable();
    }

    /// <summary>Sets how many more slots a sweep could use, and takes back those that it gives up.</summary>
    public void Want(string sweep, int slots, ImmutableArray<long> released)
    {
        foreach (long lease in released)
        {
            _leases.Remove(lease);
        }

        if (slots <= 0)
        {
            _wants.Remove(sweep);
            return;
        }

        long since = _wants.TryGetValue(sweep, out var want) ? want.Since : ++_order;
        _wants[sweep] = (slots, since);
    }

    /// <summary>Grants what can be granted now.</summary>
    /// <param name="newId">Makes identities of leases.</param>
    /// <param name="now">Time, UTC.</param>
    public ImmutableArray<(string Sweep, SlotLease Lease)> Grant(Func<long> newId, DateTimeOffset now)
    {
        var grants = ImmutableArray.CreateBuilder<(string, SlotLease)>();
        foreach (WorkerStatus worker in _nodes.Values.SelectMany(node => node.Workers))
        {
            int free = worker.Slots - _leases.Values.Count(lease => lease.Worker == worker.Key);
            for (; free > 0 && _wants.Count > 0; free--)
            {
                (string sweep, (int slots, long since)) = _wants
                    .OrderBy(want => _leases.Values.Count(lease => lease.Sweep == want.Key))
                    .ThenBy(want => want.Value.Since)
                    .First();
                long id = newId();
                _leases.Add(id, new Lease(sweep, worker.Key, now));
                grants.Add((sweep, new SlotLease(id, worker.Key)));
                if (slots == 1)
                {
                    _wants.Remove(sweep);
                }
                else
                {
                    _wants[sweep] = (slots - 1, since);
                }
            }
        }

        return grants.ToImmutable();
    }

    /// <summary>Takes back a lease that did not reach its sweep.</summary>
    public void Revoke(long lease) => _leases.Remove(lease);

    /// <summary>Nodes that have been silent since before <paramref name="limit"/>.</summary>
    public ImmutableArray<string> SilentSince(DateTimeOffset limit) =>
        [.. _nodes.Where(node => node.Value.HeardAt < limit).Select(node => node.Key)];

    /// <summary>Forgets a node.</summary>
    /// <returns>Leases on its workers, with the sweeps that held them.</returns>
    public ImmutableArray<HeldLease> Forget(string node)
    {
        _nodes.Remove(node);
        return TakeBack((_, lease) => lease.Worker.Node == node);
    }

    private ImmutableArray<HeldLease> TakeBack(Func<long, Lease, bool> which)
    {
        ImmutableArray<HeldLease> taken =
            [.. _leases.Where(lease => which(lease.Key, lease.Value)).Select(lease => new HeldLease(lease.Key, lease.Value.Sweep))];
        foreach (HeldLease lease in taken)
        {
            _leases.Remove(lease.Id);
        }

        return taken;
    }

    private readonly record struct Lease(string Sweep, WorkerKey Worker, DateTimeOffset Since);

    private sealed record Node(ImmutableArray<WorkerStatus> Workers, DateTimeOffset HeardAt);
}
