using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers;
using Sweeper.Grains.Workers.Sharing;
using Xunit;

namespace Sweeper.Tests.Unit.Workers.Sharing;

/// <summary>Slots that sweeps may keep for their next jobs, and when they may no longer.</summary>
public sealed class PrefetchTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private SlotAllocator _slots = new();
    private DateTimeOffset _now = Start;
    private long _ids;

    [Fact]
    public void Grant_SweepByItself_MayKeepItsSlotUntilAnotherWantsOne()
    {
        Announce(2);
        Want("first", 5);
        Assert.All(Grant(), lease => Assert.True(lease.Prefetch));
        Assert.Empty(_slots.PrefetchEnds(_now));

        Want("second", 1);

        Assert.Empty(Grant());
        Assert.Equal(["first"], _slots.PrefetchEnds(_now));
        Assert.Empty(_slots.PrefetchEnds(_now)); // once
    }

    [Fact]
    public void Grant_WhileAnotherWaits_IsForOneJob()
    {
        Announce(2);
        Want("first", 5);
        Want("second", 5);

        ImmutableArray<SlotLease> leases = Grant();

        Assert.Equal([false, false], leases.Select(lease => lease.Prefetch));
        Assert.Empty(_slots.PrefetchEnds(_now));
    }

    [Fact]
    public void PrefetchEnds_SweepThatStillKeepsItsSlots_IsToldAgain()
    {
        Announce(1);
        Want("first", 5, prefetches: true);
        Grant();
        Want("second", 1);
        Assert.Equal(["first"], _slots.PrefetchEnds(_now));
        _now += SlotAllocator.TellAgainAfter;
        Assert.Equal(["first"], _slots.PrefetchEnds(_now));

        Want("first", 4, prefetches: false);
        _now += SlotAllocator.TellAgainAfter;

        Assert.Empty(_slots.PrefetchEnds(_now));
    }

    [Fact]
    public void PrefetchEnds_PoolThatStartsAnew_LearnsFromTheWishWhoKeepsSlots()
    {
        _slots.Announce([new WorkerAnnouncement(Status(1), [new HeldLease(7, "first")])], _now);
        Want("first", 5, prefetches: true);

        Want("second", 1);

        Assert.Equal(["first"], _slots.PrefetchEnds(_now));
    }

    [Fact]
    public void PrefetchEnds_FreeSlotForAJobThatWaits_BringsItBack()
    {
        Announce(2);
        Want("first", 1);
        Grant();
        Want("first", 0, prefetches: true, prefetched: 1);
        Assert.Equal(["first"], _slots.PrefetchEnds(_now));

        // It holds every slot: what waits could not start anywhere else.
        Want("first", 1);
        Grant();
        Want("first", 0, prefetches: true, prefetched: 1);
        _now += SlotAllocator.TellAgainAfter;
        Assert.Empty(_slots.PrefetchEnds(_now));
    }

    [Fact]
    public void PrefetchEnds_SweepThatNeedsOtherDevicesNow_LeavesThoseThatItHas()
    {
        Announce(1);
        Want("first", 2);
        Grant();

        Want("first", 1, prefetches: true, sharing: SharingSpec.Default with { Needs = new DeviceNeeds("cuda") });

        Assert.Equal(["first"], _slots.PrefetchEnds(_now));
    }

    [Fact]
    public void Shares_JobThatWaitsBehindAnother_CountsAsWanted()
    {
        Announce(1);
        Want("first", 1);
        Grant();
        Want("first", 0, prefetches: true, prefetched: 1);

        SweepShare share = Assert.Single(_slots.Shares(_now));

        Assert.Equal((1, 1, "a free slot"), (share.Held, share.Wanted, share.WaitsFor));
    }

    [Fact]
    public void Grant_JobsThatStartTogether_AskForEachSlot()
    {
        Announce(4);
        Want("first", 2, sharing: new SharingSpec(Together: 2));

        Assert.All(Grant(), lease => Assert.False(lease.Prefetch));
    }

    [Fact]
    public void Grant_UserWithAQuotaOfHours_AsksForEachJob()
    {
        _slots = new SlotAllocator(SharingRules.Usual with { Default = new SlotQuota(DeviceHours: 10) });
        Announce(1);
        Want("first", 2);

        Assert.False(Assert.Single(Grant()).Prefetch);
    }

    private static WorkerStatus Status(int slots) => new(new WorkerKey("a", "cpu"), "CPU", 1, slots, [], 0);

    private void Announce(int slots) => _slots.Announce([new WorkerAnnouncement(Status(slots), [])], _now);

    private void Want(string sweep, int slots, bool prefetches = false, int prefetched = 0, SharingSpec? sharing = null) =>
        _slots.Want(sweep, new SlotWish(slots, [], sharing, null, prefetches, prefetched), _now);

    private ImmutableArray<SlotLease> Grant() => [.. _slots.Grant(() => ++_ids, _now).Select(grant => grant.Lease)];
}
