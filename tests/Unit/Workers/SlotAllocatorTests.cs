using System.Collections.Immutable;
using CsCheck;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers;
using Xunit;

namespace Sweeper.Tests.Unit.Workers;

public sealed class SlotAllocatorTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly SlotAllocator _slots = new();
    private DateTimeOffset _now = Start;
    private long _ids;

    [Fact]
    public void Grant_OneSweep_GetsWhatItWantsAndNoMore()
    {
        Announce(Worker("a/cpu", slots: 4));
        Want("s", 3);

        Assert.Equal(["s", "s", "s"], Grant().Select(grant => grant.Sweep));
        Assert.Empty(Grant());
    }

    [Fact]
    public void Grant_MoreWantedThanThereIs_GivesEverySlotOnce()
    {
        Announce(Worker("a/cpu", slots: 2), Worker("a/cuda:0", slots: 1), Worker("b/cpu", slots: 1));
        Want("s", 10);

        ImmutableArray<(string Sweep, SlotLease Lease)> grants = Grant();

        Assert.Equal(["a/cpu", "a/cpu", "a/cuda:0", "b/cpu"], grants.Select(grant => grant.Lease.Worker.ToString()).Order());
        Assert.Equal(4, grants.Select(grant => grant.Lease.Id).Distinct().Count());
        Assert.Empty(Grant());
    }

    [Fact]
    public void Grant_TwoSweeps_SharesEvenly()
    {
        Announce(Worker("a/cpu", slots: 4));
        Want("late", 4);
        Want("early", 4);

        Assert.Equal(2, Grant().Count(grant => grant.Sweep == "early"));
    }

    [Fact]
    public void Grant_SecondSweepComesLater_GetsTheNextSlotsUntilItIsEven()
    {
        Announce(Worker("a/cpu", slots: 4));
        Want("first", 10);
        ImmutableArray<(string Sweep, SlotLease Lease)> held = Grant();
        Want("second", 10);
        Assert.Empty(Grant());

        Want("first", 7, held[0].Lease.Id);
        Assert.Equal("second", Assert.Single(Grant()).Sweep);
        Want("first", 8, held[1].Lease.Id);
        Assert.Equal("second", Assert.Single(Grant()).Sweep);
        Want("first", 9, held[2].Lease.Id);
        Assert.Equal("first", Assert.Single(Grant()).Sweep);
    }

    [Fact]
    public void Grant_EqualShares_GoesToTheOneThatHasWaitedLongest()
    {
        Announce(Worker("a/cpu", slots: 1));
        Want("x", 1);
        Want("y", 1);
        (string sweep, SlotLease lease) = Assert.Single(Grant());
        Assert.Equal("x", sweep);

        Want("x", 1, lease.Id);

        Assert.Equal("y", Assert.Single(Grant()).Sweep);
    }

    [Fact]
    public void Want_Nothing_TakesTheWishBack()
    {
        Want("s", 3);
        Want("s", 0);
        Announce(Worker("a/cpu", slots: 4));

        Assert.Empty(Grant());
    }

    [Fact]
    public void Revoke_Lease_IsGrantedAgain()
    {
        Announce(Worker("a/cpu", slots: 1));
        Want("s", 2);
        SlotLease lease = Assert.Single(Grant()).Lease;

        _slots.Revoke(lease.Id, _now);

        Assert.NotEqual(lease.Id, Assert.Single(Grant()).Lease.Id);
    }

    [Fact]
    public void Announce_WorkerThatCloses_GetsNothingMore()
    {
        Announce(Worker("a/cpu", slots: 2));
        Announce(Worker("a/cpu", slots: 0));
        Want("s", 2);

        Assert.Empty(Grant());
    }

    [Fact]
    public void Announce_LeaseThatNobodyHereKnows_IsAdopted()
    {
        Announce(Worker("a/cpu", slots: 2, (77, "other")));
        Want("s", 2);

        Assert.Single(Grant());
        Assert.Equal(new HeldLease(77, "other"), _slots.Forget("a", _now).Single(lease => lease.Id == 77));
    }

    [Fact]
    public void Announce_OnItsWayWhileALeaseCameBack_KeepsNoSlot()
    {
        Announce(Worker("a/cpu", slots: 1));
        Want("s", 1);
        long lease = Grant().Single().Lease.Id;
        Want("s", 1, released: lease);
        Announce(Worker("a/cpu", slots: 1, (lease, "s")));

        Assert.Single(Grant());
    }

    [Fact]
    public void Announce_LeaseStillHeldLongAfterItCameBack_KeepsItsSlot()
    {
        Announce(Worker("a/cpu", slots: 1));
        Want("s", 1);
        long lease = Grant().Single().Lease.Id;
        Want("s", 1, released: lease);
        _now += ReturnedLeases.Delay + TimeSpan.FromSeconds(1);
        Announce(Worker("a/cpu", slots: 1, (lease, "s")));

        Assert.Empty(Grant());
    }

    [Fact]
    public void Announce_LeaseThatItsWorkerNeverTook_IsTakenBackAfterAWhile()
    {
        Announce(Worker("a/cpu", slots: 2));
        Want("s", 2);
        ImmutableArray<(string Sweep, SlotLease Lease)> grants = Grant();
        (long Id, string Sweep) taken = (grants[0].Lease.Id, "s");

        Assert.Empty(Announce(Worker("a/cpu", slots: 2, taken)));
        _now += SlotAllocator.LeaseGrace + TimeSpan.FromSeconds(1);

        Assert.Equal([new HeldLease(grants[1].Lease.Id, "s")], Announce(Worker("a/cpu", slots: 2, taken)));
        Want("s", 5);
        Assert.Single(Grant());
    }

    [Fact]
    public void Forget_SilentNode_NamesItsLeasesAndNoOthers()
    {
        Announce(Worker("a/cpu", slots: 1), Worker("b/cpu", slots: 1));
        Want("s", 2);
        ImmutableArray<(string Sweep, SlotLease Lease)> grants = Grant();
        _now += TimeSpan.FromSeconds(20);
        Announce(Worker("b/cpu", slots: 1));

        Assert.Equal(["a"], _slots.SilentSince(_now - TimeSpan.FromSeconds(15)));
        long lost = grants.Single(grant => grant.Lease.Worker.Node == "a").Lease.Id;
        Assert.Equal([new HeldLease(lost, "s")], _slots.Forget("a", _now));
        Assert.Equal(["b/cpu"], _slots.Workers.Select(worker => worker.Key.ToString()));
        Want("s", 2);
        Assert.Empty(Grant());
    }

    [Fact]
    public void AnyHistory_OfWishesAndReturns_NeverLeasesASlotTwice() => Gen.Select(Gen.Int[0, 4].Array[1, 4], Gen.Int[0, 99].Array[0, 80]).Sample((workers, moves) =>
    {
        var slots = new SlotAllocator();
        slots.Announce([.. workers.Select((count, number) => Worker($"n{number}/cpu", count))], Start);
        var held = new List<(string Sweep, SlotLease Lease)>();
        foreach (int move in moves)
        {
            string sweep = $"s{move % 3}";
            bool giveBack = move % 2 == 0 && held.Count > 0;
            ImmutableArray<long> released = giveBack ? [held[move % held.Count].Lease.Id] : [];
            held.RemoveAll(grant => released.Contains(grant.Lease.Id));
            slots.Want(sweep, new SlotWish(move % 7, released), Start);
            held.AddRange(slots.Grant(() => ++_ids, Start));
        }

        Assert.Equal(held.Count, held.Select(grant => grant.Lease.Id).Distinct().Count());
        Assert.All(held.CountBy(grant => grant.Lease.Worker), worker =>
            Assert.True(worker.Value <= workers[int.Parse(worker.Key.Node[1..], System.Globalization.CultureInfo.InvariantCulture)]));
    }, threads: 1);

    private static WorkerAnnouncement Worker(string key, int slots, params (long Id, string Sweep)[] leases) => new(
        new WorkerStatus(WorkerKey.Parse(key), "CPU", 1, slots, [], 0),
        [.. leases.Select(lease => new HeldLease(lease.Id, lease.Sweep))]);

    private ImmutableArray<HeldLease> Announce(params WorkerAnnouncement[] workers) => _slots.Announce([.. workers], _now);

    private void Want(string sweep, int slots, params long[] released) => _slots.Want(sweep, new SlotWish(slots, [.. released]), _now);

    private ImmutableArray<(string Sweep, SlotLease Lease)> Grant() => _slots.Grant(() => ++_ids, _now);
}
