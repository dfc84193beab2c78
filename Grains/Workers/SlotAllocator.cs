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
    private readonly Dictionary<long, (string Sweep, WorkerKey Worker)> _leases = [];
    private readonly Dictionary<string, (int Slots, long Since)> _wants = [];
    private long _order;

    /// <summary>Every worker that is known.</summary>
    public ImmutableArray<WorkerStatus> Workers =>
        [.. _nodes.Values.SelectMany(node => node.Workers).OrderBy(worker => worker.Key.ToString(), StringComparer.Ordinal)];

    /// <summary>Takes a node's announcement. Leases that it holds and nobody here knows are adopted.</summary>
    public void Announce(ImmutableArray<WorkerAnnouncement> workers, DateTimeOffset now)
    {
        foreach (IGrouping<string, WorkerAnnouncement> node in workers.GroupBy(worker => worker.Status.Key.Node))
        {
            _nodes[node.Key] = new Node([.. node.Select(worker => worker.Status)], now);
            foreach (WorkerAnnouncement worker in node)
            {
                foreach (HeldLease lease in worker.Leases)
                {
                    _leases.TryAdd(lease.Id, (lease.Sweep, worker.Status.Key));
                }
            }
        }
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
    public ImmutableArray<(string Sweep, SlotLease Lease)> Grant(Func<long> newId)
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
                _leases.Add(id, (sweep, worker.Key));
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
        ImmutableArray<HeldLease> lost =
            [.. _leases.Where(lease => lease.Value.Worker.Node == node).Select(lease => new HeldLease(lease.Key, lease.Value.Sweep))];
        foreach (HeldLease lease in lost)
        {
            _leases.Remove(lease.Id);
        }

        return lost;
    }

    private sealed record Node(ImmutableArray<WorkerStatus> Workers, DateTimeOffset HeardAt);
}
