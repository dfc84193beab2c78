using System.Collections.Immutable;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers.Sharing;

namespace Sweeper.Grains.Workers;

/// <summary>
/// Who has which slot, who wants more, who gets the next (<see cref="FairShare"/>), who has to give one back. Pure bookkeeping in
/// memory; a new one is rebuilt from the nodes' announcements and the sweeps' wishes.
/// </summary>
/// <param name="rules">What each user may hold, and when jobs make room; null: the usual.</param>
/// <param name="ledger">Device time that users have had; null: none so far.</param>
internal sealed class SlotAllocator(SharingRules? rules = null, DeviceTimeLedger? ledger = null)
{
    /// <summary>Time that a lease may be out before its worker has to know of it.</summary>
    public static readonly TimeSpan LeaseGrace = TimeSpan.FromSeconds(30);

    /// <summary>Time after which a job that was asked to make room, and is still there, is asked again.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(60);

    /// <summary>Time after which a sweep that was told to keep no slot, and still does, is told again.</summary>
    public static readonly TimeSpan TellAgainAfter = TimeSpan.FromSeconds(2);

    /// <summary>Time within which a wish may still be one from before the last slot was granted.</summary>
    private static readonly TimeSpan WishDelay = TimeSpan.FromSeconds(1);

    private readonly SharingRules _rules = rules ?? SharingRules.Usual;
    private readonly DeviceTimeLedger _ledger = ledger ?? DeviceTimeLedger.Fresh();
    private readonly Dictionary<string, Node> _nodes = [];
    private readonly Dictionary<long, Lease> _leases = [];
    private readonly Dictionary<WorkerKey, int> _taken = [];
    private readonly FairShare _shares = new();
    private readonly ReturnedLeases _returned = new();

    /// <summary>Every worker that is known.</summary>
    public ImmutableArray<WorkerStatus> Workers =>
        [.. _nodes.Values.SelectMany(node => node.Workers).OrderBy(worker => worker.Key.ToString(), StringComparer.Ordinal)];

    /// <summary>How many there are.</summary>
    public int WorkerCount => _nodes.Values.Sum(node => node.Workers.Length);

    /// <summary>Slots of all of them.</summary>
    public int SlotCount => _nodes.Values.SelectMany(node => node.Workers).Sum(worker => worker.Slots);

    /// <summary>Takes a node's announcement. Leases that it holds and nobody here knows are adopted.</summary>
    /// <returns>Leases that its workers should hold and do not: taken back, whatever became of their jobs.</returns>
    public ImmutableArray<HeldLease> Announce(ImmutableArray<WorkerAnnouncement> workers, DateTimeOffset now)
    {
        var vanished = ImmutableArray.CreateBuilder<HeldLease>();
        foreach (IGrouping<string, WorkerAnnouncement> node in workers.GroupBy(worker => worker.Status.Key.Node))
        {
            _nodes[node.Key] = new Node([.. node.Select(worker => worker.Status)], now);
            Dictionary<WorkerKey, HashSet<long>> held = [];
            foreach (WorkerAnnouncement worker in node)
            {
                foreach (HeldLease lease in worker.Leases.Where(lease => !_returned.Contains(lease.Id, now)))
                {
                    Add(lease.Id, new Lease(lease.Sweep, worker.Status.Key, ShareOf(worker.Status), now), now);
                }

                held[worker.Status.Key] = [.. worker.Leases.Select(lease => lease.Id)];
            }

            vanished.AddRange(TakeBack(now, (id, lease) =>
                now - lease.Since > LeaseGrace && held.TryGetValue(lease.Worker, out HashSet<long>? known) && !known.Contains(id)));
        }

        return vanished.ToImmutable();
    }

    /// <summary>Sets how many more slots a sweep could use, and takes back those that it gives up.</summary>
    public void Want(string sweep, SlotWish wish, DateTimeOffset now)
    {
        foreach (long lease in wish.Released)
        {
            Remove(lease, now);
            _returned.Add(lease, now);
        }

        _shares.Want(sweep, wish, now);
        NoteDeviceTime(now);
        _shares.Tidy();
    }

    /// <summary>Grants what can be granted now.</summary>
    /// <param name="newId">Makes identities of leases.</param>
    /// <param name="now">Time, UTC.</param>
    public ImmutableArray<(string Sweep, SlotLease Lease)> Grant(Func<long> newId, DateTimeOffset now)
    {
        if (!_shares.AnyWanted)
        {
            return [];
        }

        var grants = ImmutableArray.CreateBuilder<(string, SlotLease)>();
        List<WorkerStatus> free = [.. FreeSlots()];
        while (free.Count > 0 && Next(free, now) is var (account, slots))
        {
            WorkerStatus[] fit = [.. free.Where(account.CanUse)];
            if (slots > fit.Length)
            {
                free.RemoveAll(account.CanUse); // they are kept for it
                continue;
            }

            bool starved = FairShare.IsStarved(account, now);
            foreach (WorkerStatus worker in fit.Take(slots))
            {
                free.Remove(worker);
                long id = newId();
                Add(id, new Lease(account.Sweep, worker.Key, ShareOf(worker), now) { Kept = starved }, now);
                account.Wanted--;
                bool prefetch = MayPrefetch(account);
                account.Prefetches |= prefetch;
                grants.Add((account.Sweep, new SlotLease(id, worker.Key, Prefetch: prefetch)));
            }
        }

        return grants.ToImmutable();
    }

    /// <summary>
    /// Sweeps that are to keep no slot for a further job: another sweep wants one, there is a free one for a job that waits, or one is no longer
    /// of a kind that they need. Each is named once, and again after <see cref="TellAgainAfter"/>.
    /// </summary>
    public ImmutableArray<string> PrefetchEnds(DateTimeOffset now)
    {
        var ends = ImmutableArray.CreateBuilder<string>();
        foreach (SweepAccount account in _shares.Accounts.Where(account => account.Prefetches && now - account.ToldAt >= TellAgainAfter))
        {
            bool waitsInVain = account is { Prefetched: > 0, Wanted: 0 } && FreeSlots().Any(account.CanUse);
            bool unfit = account.Sharing.Needs is not null && _leases.Values.Any(lease => lease.Sweep == account.Sweep && !Fits(account, lease.Worker));
            if (waitsInVain || unfit || !MayPrefetch(account))
            {
                account.ToldAt = now;
                ends.Add(account.Sweep);
            }
        }

        return ends.ToImmutable();
    }

    /// <summary>
    /// Leases whose jobs have to make room for sweeps of a higher priority that ask for it: of the lowest priority first, the
    /// youngest first. Each is named once, and again after <see cref="AskAgainAfter"/> where it is still there.
    /// </summary>
    public ImmutableArray<(HeldLease Lease, string For)> Yields(DateTimeOffset now)
    {
        var yields = ImmutableArray.CreateBuilder<(HeldLease, string)>();
        int onTheirWay = _leases.Values.Count(lease => now - lease.AskedAt <= AskAgainAfter);
        foreach (SweepAccount account in _shares.InTurn(now).Where(account => account.Sharing.Preempt && now - account.LastTaken >= WishDelay && Obstacle(account, Holdings(), LargestShare, now) is null))
        {
            int needed = SlotsAtOnce(account, account.Wanted, LargestShare);
            int missing = Math.Max(0, needed - onTheirWay);
            onTheirWay = Math.Max(0, onTheirWay - needed);
            foreach ((long id, Lease lease) in _leases
                .Where(held => Fits(account, held.Value.Worker) && !held.Value.Kept && now - held.Value.Since >= _rules.YieldAfter && !(now - held.Value.AskedAt <= AskAgainAfter))
                .Where(held => PriorityOf(held.Value, now) < account.Sharing.Priority)
                .OrderBy(held => PriorityOf(held.Value, now))
                .ThenByDescending(held => held.Value.Since)
                .ThenBy(held => held.Key)
                .Take(missing)
                .ToArray())
            {
                _leases[id] = lease with { AskedAt = now };
                yields.Add((new HeldLease(id, lease.Sweep), account.Sweep));
            }
        }

        return yields.ToImmutable();
    }

    /// <summary>Who holds and wants what, whoever comes next in front.</summary>
    public ImmutableArray<SweepShare> Shares(DateTimeOffset now)
    {
        Dictionary<string, Holding> holdings = Holdings();
        return
        [
            .. _shares.InTurn(now).Concat(_shares.Accounts.Where(account => account is { Wanted: 0, Held: > 0 }).OrderBy(account => account.Sweep, StringComparer.Ordinal))
                .Select(account => new SweepShare(
                    account.Sweep,
                    account.User,
                    account.Sharing.Priority,
                    account.Sharing.Weight,
                    account.Held,
                    account.Wanted + account.Prefetched,
                    account.DeviceSeconds,
                    account.Wanted + account.Prefetched == 0 ? null : Obstacle(account, holdings, LargestShare, now) ?? "a free slot")),
        ];
    }

    /// <summary>Takes back a lease that did not reach its sweep.</summary>
    public void Revoke(long lease, DateTimeOffset now) => Remove(lease, now);

    /// <summary>Nodes that have been silent since before <paramref name="limit"/>.</summary>
    public ImmutableArray<string> SilentSince(DateTimeOffset limit) =>
        [.. _nodes.Where(node => node.Value.HeardAt < limit).Select(node => node.Key)];

    /// <summary>Forgets a node.</summary>
    /// <returns>Leases on its workers, with the sweeps that held them.</returns>
    public ImmutableArray<HeldLease> Forget(string node, DateTimeOffset now)
    {
        _nodes.Remove(node);
        return TakeBack(now, (_, lease) => lease.Worker.Node == node);
    }

    /// <summary>Whoever comes next, with the slots that it gets at once; null: nobody may have one.</summary>
    private (SweepAccount Account, int Slots)? Next(IReadOnlyCollection<WorkerStatus> free, DateTimeOffset now)
    {
        Dictionary<string, Holding> holdings = Holdings();
        double share = free.Max(ShareOf);
        foreach (SweepAccount account in _shares.InTurn(now))
        {
            if (free.Any(account.CanUse) && Obstacle(account, holdings, share, now) is null)
            {
                return (account, SlotsAtOnce(account, most: 1, share)); // more than are free: they are kept for it
            }
        }

        return null;
    }

    /// <summary>Slots that a sweep gets in one go: all of those that start together, as far as workers and quota can ever have them.</summary>
    private int SlotsAtOnce(SweepAccount account, int most, double share)
    {
        if (account.Sharing.Together is not { } together)
        {
            return most;
        }

        int all = _nodes.Values.SelectMany(node => node.Workers).Where(account.CanUse).Sum(worker => worker.Slots);
        int allowed = _rules.Of(account.User)?.Room(default, share) ?? int.MaxValue;
        return Math.Max(1, Math.Min(Math.Min(together, account.Wanted), Math.Min(all, allowed)));
    }

    /// <summary>Whether a sweep may keep its slots for its next jobs: nobody else wants one, and no rule asks the pool before each job.</summary>
    private bool MayPrefetch(SweepAccount account) =>
        account.Sharing.Together is null && _rules.Of(account.User)?.DeviceHours is null && !_shares.IsWantedBesides(account);

    /// <summary>What keeps a sweep from slots of the given part of a device, free slots aside; null: nothing does.</summary>
    private string? Obstacle(SweepAccount account, Dictionary<string, Holding> holdings, double share, DateTimeOffset now)
    {
        if (account.Sharing.Together is not null && account.Held > 0)
        {
            return "the end of the jobs that it started together";
        }

        if (account.Sharing.Needs is { } needs && !_nodes.Values.SelectMany(node => node.Workers).Any(account.CanUse))
        {
            return $"a device with {needs.Words}: there is none";
        }

        string user = SharingRules.UserName(account.User);
        if (_rules.Of(account.User) is not { } quota)
        {
            return null;
        }

        string whose = user.Length == 0 ? "" : $" of {user}";
        if (quota.DeviceHours is { } hours)
        {
            NoteDeviceTime(account, now);
            if (!_ledger.IsWhole || _ledger.Hours(user, quota.PerDays, now) >= hours)
            {
                return _ledger.IsWhole ? $"the quota of {quota.HoursInWords}{whose}" : "the store, which knows the device time that each user has had";
            }
        }

        return quota.Room(holdings.GetValueOrDefault(user), share) < SlotsAtOnce(account, most: 1, share) ? $"the quota of {quota.Words}{whose}" : null;
    }

    /// <summary>Brings the ledger up to now.</summary>
    public void NoteDeviceTime(DateTimeOffset now)
    {
        foreach (SweepAccount account in _shares.Accounts)
        {
            NoteDeviceTime(account, now);
        }
    }

    private void NoteDeviceTime(SweepAccount account, DateTimeOffset now)
    {
        account.Accrue(now);
        _ledger.Add(SharingRules.UserName(account.User), account.TakeDeviceSeconds(), now);
    }

    private Dictionary<string, Holding> Holdings()
    {
        var holdings = new Dictionary<string, Holding>();
        foreach (SweepAccount account in _shares.Accounts.Where(account => account.Held > 0))
        {
            string user = SharingRules.UserName(account.User);
            Holding held = holdings.GetValueOrDefault(user);
            holdings[user] = new Holding(held.Devices + account.HeldShare, held.Jobs + account.Held);
        }

        return holdings;
    }

    /// <summary>The largest part of a device that a slot is.</summary>
    private double LargestShare => _nodes.Values.SelectMany(node => node.Workers).Where(worker => worker.Slots > 0).Select(ShareOf).DefaultIfEmpty(1).Max();

    private IEnumerable<WorkerStatus> FreeSlots() => _nodes.Values
        .SelectMany(node => node.Workers)
        .SelectMany(worker => Enumerable.Repeat(worker, Math.Max(0, worker.Slots - _taken.GetValueOrDefault(worker.Key))));

    private bool Fits(SweepAccount account, WorkerKey key) => account.Sharing.Needs is null
        || (_nodes.GetValueOrDefault(key.Node)?.Workers.FirstOrDefault(worker => worker.Key == key) is { } worker && account.CanUse(worker));

    private int PriorityOf(Lease lease, DateTimeOffset now) => _shares.Of(lease.Sweep, now).Sharing.Priority;

    private static double ShareOf(WorkerStatus worker) => 1.0 / Math.Max(1, worker.Slots);

    private void Add(long id, Lease lease, DateTimeOffset now)
    {
        if (_leases.TryAdd(id, lease))
        {
            _taken[lease.Worker] = _taken.GetValueOrDefault(lease.Worker) + 1;
            _shares.Take(lease.Sweep, lease.Share, now);
        }
    }

    private void Remove(long id, DateTimeOffset now)
    {
        if (_leases.Remove(id, out Lease? lease))
        {
            if (--_taken[lease.Worker] == 0)
            {
                _taken.Remove(lease.Worker);
            }

            _shares.GiveBack(lease.Sweep, lease.Share, lease.Since, now);
        }
    }

    private ImmutableArray<HeldLease> TakeBack(DateTimeOffset now, Func<long, Lease, bool> which)
    {
        ImmutableArray<HeldLease> taken =
            [.. _leases.Where(lease => which(lease.Key, lease.Value)).Select(lease => new HeldLease(lease.Key, lease.Value.Sweep))];
        foreach (HeldLease lease in taken)
        {
            Remove(lease.Id, now);
        }

        return taken;
    }

    /// <param name="Sweep">Whose it is.</param>
    /// <param name="Worker">Where.</param>
    /// <param name="Share">Its part of the device.</param>
    /// <param name="Since">When it was granted.</param>
    private sealed record Lease(string Sweep, WorkerKey Worker, double Share, DateTimeOffset Since)
    {
        /// <summary>Whether it was granted to a sweep that had waited too long: it makes room for nobody.</summary>
        public bool Kept { get; init; }

        /// <summary>When its job was asked to make room; null: never.</summary>
        public DateTimeOffset? AskedAt { get; init; }
    }

    private sealed record Node(ImmutableArray<WorkerStatus> Workers, DateTimeOffset HeardAt);
}
