using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers;
using Sweeper.Grains.Workers.Sharing;
using Xunit;

namespace Sweeper.Tests.Unit.Workers.Sharing;

/// <summary>Weights, priorities, preemption, quotas and jobs that start together, at the allocator.</summary>
public sealed class FairShareTests
{
    private readonly SharedPool _pool = new();

    [Fact]
    public void Grant_TwoWeights_DeviceTimeFollowsThem()
    {
        _pool.Announce(("a/cuda:0", 1), ("b/cuda:0", 1), ("c/cuda:0", 1));
        _pool.Want("heavy", 1000, new SharingSpec(Weight: 2));
        _pool.Want("light", 1000, new SharingSpec(Weight: 1));

        _pool.Run(jobs: 300, seconds: number => 20 + number % 7);

        Assert.InRange(_pool.DeviceSeconds("heavy") / _pool.DeviceSeconds("light"), 1.9, 2.1);
    }

    [Fact]
    public void Grant_ShortAndLongJobs_ShareTimeAndNotJobs()
    {
        _pool.Announce(("a/cuda:0", 1), ("b/cuda:0", 1));
        _pool.Want("short", 1000);
        _pool.Want("long", 1000);

        _pool.Run(jobs: 400, seconds: (sweep, _) => sweep == "short" ? 10 : 100);

        Assert.InRange(_pool.DeviceSeconds("short") / _pool.DeviceSeconds("long"), 0.85, 1.15);
        Assert.True(_pool.Jobs("short") > 5 * _pool.Jobs("long"));
    }

    [Fact]
    public void Grant_SweepThatComesLate_DoesNotMakeUpForTheTimeBefore()
    {
        _pool.Announce(("a/cuda:0", 1), ("b/cuda:0", 1));
        _pool.Want("first", 1000);
        _pool.Run(jobs: 100, seconds: _ => 10);
        double before = _pool.DeviceSeconds("first");

        _pool.Want("second", 1000);
        _pool.Run(jobs: 200, seconds: _ => 10);

        Assert.InRange(_pool.DeviceSeconds("second") / (_pool.DeviceSeconds("first") - before), 0.85, 1.2);
    }

    [Fact]
    public void Grant_HigherPriority_IsServedFirst()
    {
        _pool.Announce(("a/cuda:0", 1));
        _pool.Want("usual", 5);
        _pool.Want("urgent", 5, new SharingSpec(Priority: 10));

        _pool.Run(jobs: 5, seconds: _ => 10);

        Assert.Equal((5, 0), (_pool.Jobs("urgent"), _pool.Jobs("usual")));
    }

    [Fact]
    public void Grant_LowestPriorityThatHasWaitedLong_GetsASlotOfItsOwnAndKeepsIt()
    {
        _pool.Announce(("a/cuda:0", 1));
        _pool.Want("lowest", 1000, new SharingSpec(Priority: -100));
        _pool.Grant();
        _pool.EndAll();
        _pool.Want("urgent", 1000, new SharingSpec(Priority: 100, Preempt: true));

        _pool.Run(jobs: 200, seconds: _ => 30);

        // 200 jobs of 30 s are 6000 s: with a wait of ten minutes, then a job, about nine turns.
        Assert.InRange(_pool.Jobs("lowest"), 8, 11);
        Assert.DoesNotContain(_pool.Yielded, yield => yield.Lease.Sweep == "lowest");
    }

    [Fact]
    public void Yields_UrgentSweepWithoutASlot_AsksTheYoungestJobsOfTheLowestPriority()
    {
        _pool.Announce(("a/cuda:0", 1), ("b/cuda:0", 1), ("c/cuda:0", 1));
        _pool.Want("low", 1, new SharingSpec(Priority: -1));
        _pool.Grant();
        _pool.Pass(10);
        _pool.Want("usual", 2);
        _pool.Grant();
        _pool.Pass(100);

        _pool.Want("urgent", 2, new SharingSpec(Priority: 5, Preempt: true));
        _pool.Grant();

        Assert.Equal(["low", "usual"], _pool.Yields().Select(yield => yield.Lease.Sweep));
        Assert.Empty(_pool.Yields()); // they are on their way
        _pool.Pass(SlotAllocator.AskAgainAfter.TotalSeconds + 1);
        Assert.Equal(2, _pool.Yields().Length); // a message may have been lost
    }

    [Fact]
    public void Yields_JobThatHasJustBegun_IsLeftAlone()
    {
        _pool.Announce(("a/cuda:0", 1));
        _pool.Want("usual", 1);
        _pool.Grant();
        _pool.Want("urgent", 1, new SharingSpec(Priority: 5, Preempt: true));

        Assert.Empty(_pool.Yields());
        _pool.Pass(SharingRules.UsualYieldAfter.TotalSeconds);
        Assert.Single(_pool.Yields());
    }

    [Fact]
    public void Yields_SamePriorityOrNotAskedFor_AskNobody()
    {
        _pool.Announce(("a/cuda:0", 1));
        _pool.Want("usual", 1);
        _pool.Grant();
        _pool.Pass(100);
        _pool.Want("equal", 1, new SharingSpec(Preempt: true));
        _pool.Want("higher", 1, new SharingSpec(Priority: 5));

        Assert.Empty(_pool.Yields());
    }

    [Fact]
    public void Grant_QuotaOfJobs_IsNeverPassedAndOthersGoOn()
    {
        var pool = new SharedPool(Quotas(new SlotQuota(Jobs: 3)));
        pool.Announce(("a/cpu", 8));
        pool.Want("one", 5, user: "anna@host");
        pool.Want("two", 5, user: "anna@elsewhere");
        pool.Want("other", 5, user: "ben@host");

        pool.Grant();

        Assert.Equal((3, 3), (pool.Held("one") + pool.Held("two"), pool.Held("other")));
        Assert.Equal("the quota of 3 jobs of anna", pool.Shares().First(share => share.Sweep == "one").WaitsFor);
    }

    [Fact]
    public void Grant_QuotaOfDevices_CountsPartsOfDevices()
    {
        var pool = new SharedPool(Quotas(new SlotQuota(Devices: 1), ("anna", new SlotQuota(Devices: 1.5))));
        pool.Announce(("a/cpu", 4), ("b/cpu", 4));
        pool.Want("one", 8, user: "anna@host");
        pool.Grant();
        Assert.Equal(6, pool.Held("one"));

        pool.Want("other", 8, user: "ben@host");
        pool.Grant();
        Assert.Equal(2, pool.Held("other"));
    }

    [Fact]
    public void Grant_JobsThatStartTogether_WaitUntilAllCanAndKeepTheSlotsFree()
    {
        _pool.Announce(("a/cpu", 4));
        _pool.Want("usual", 2);
        ImmutableArray<(string Sweep, SlotLease Lease)> first = _pool.Grant();
        Assert.Equal(2, first.Length);
        _pool.Want("gang", 6, new SharingSpec(Together: 4));
        _pool.Want("usual", 9);

        Assert.Empty(_pool.Grant()); // two are free, and are kept
        _pool.End(first[0].Lease.Id);
        Assert.Empty(_pool.Grant());
        _pool.End(first[1].Lease.Id);
        ImmutableArray<(string Sweep, SlotLease Lease)> gang = _pool.Grant();
        Assert.Equal(["gang", "gang", "gang", "gang"], gang.Select(grant => grant.Sweep));

        _pool.End(gang[0].Lease.Id);
        Assert.Equal("usual", Assert.Single(_pool.Grant()).Sweep);
        Assert.StartsWith("the end of the jobs", _pool.Shares().Single(share => share.Sweep == "gang").WaitsFor, StringComparison.Ordinal);
    }

    [Fact]
    public void Grant_MoreTogetherThanThereAreSlots_TakesAllThereAre()
    {
        _pool.Announce(("a/cpu", 2));
        _pool.Want("gang", 6, new SharingSpec(Together: 4));

        Assert.Equal(2, _pool.Grant().Length);
    }

    private static SharingRules Quotas(SlotQuota all, params (string User, SlotQuota Quota)[] users) =>
        new(all, users.ToImmutableDictionary(user => user.User, user => user.Quota), SharingRules.UsualYieldAfter);
}
