using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Store;
using Sweeper.Grains.Workers.Sharing;
using Xunit;

namespace Sweeper.Tests.Unit.Workers.Sharing;

/// <summary>Quotas of device hours.</summary>
public sealed class DeviceHoursTests
{
    private static readonly SharingRules Rules = new(
        new SlotQuota(DeviceHours: 1, PerDays: 7),
        ImmutableDictionary<string, SlotQuota>.Empty.Add("bert", new SlotQuota(DeviceHours: 100)),
        SharingRules.UsualYieldAfter);

    private readonly DeviceTimeLedger _ledger = DeviceTimeLedger.Fresh();

    [Fact]
    public void Grant_HoursUsedUp_StartsNothingUntilTheDaysHavePassed()
    {
        var pool = new SharedPool(Rules, _ledger);
        pool.Announce(("a/cuda:0", 2));
        pool.Want("hungry", 1000, user: "anna@box");
        pool.Want("other", 0, user: "bert");

        // Two slots are one device: 3,600 s of it are twelve jobs of 600 s on each.
        pool.Run(jobs: 12, seconds: _ => 600);

        Assert.InRange(pool.DeviceSeconds("hungry"), 3600, 3600 + 600);
        Assert.Empty(pool.Grant());
        pool.EndAll();
        Assert.Empty(pool.Grant());
        Assert.Equal("the quota of 1 device hours in 7 days of anna", pool.Shares().Single(share => share.Sweep == "hungry").WaitsFor);
        pool.Want("other", 2, user: "bert");
        Assert.Equal(["other", "other"], pool.Grant().Select(grant => grant.Sweep)); // nobody else is held back
        pool.EndAll();
        pool.Pass(TimeSpan.FromDays(6).TotalSeconds);
        Assert.Empty(pool.Grant());
        pool.Pass(TimeSpan.FromDays(2).TotalSeconds);
        Assert.Equal(2, pool.Grant().Length);
    }

    [Fact]
    public void Grant_WhatEarlierLivesCountedIsNotKnown_NobodyWithAQuotaOfHoursGetsASlot()
    {
        var ledger = new DeviceTimeLedger();
        var pool = new SharedPool(Rules, ledger);
        pool.Announce(("a/cuda:0", 2));
        pool.Want("hungry", 2, user: "anna");

        Assert.Empty(pool.Grant());
        Assert.StartsWith("the store", Assert.Single(pool.Shares()).WaitsFor, StringComparison.Ordinal);
        ledger.Load([new DeviceTime("anna", new DateOnly(2026, 1, 1), 3599)]);
        Assert.Equal(2, pool.Grant().Length);
    }

    [Fact]
    public void Grant_EarlierLivesUsedItUp_StartsNothing()
    {
        var ledger = new DeviceTimeLedger();
        ledger.Load([new DeviceTime("anna", new DateOnly(2025, 12, 31), 3000), new DeviceTime("anna", new DateOnly(2026, 1, 2), 600)]);
        var pool = new SharedPool(Rules, ledger);
        pool.Announce(("a/cuda:0", 2));
        pool.Want("hungry", 2, new SharingSpec(Priority: 100), "anna");

        Assert.Empty(pool.Grant());
    }

    [Fact]
    public void Ledger_TakeChanged_GivesSumsOnceAndAgainWhereTheyWerePutBack()
    {
        DateTimeOffset noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);
        _ledger.Add("anna", 10, noon);
        _ledger.Add("anna", 5, noon);
        _ledger.Add("bert", 0, noon);

        ImmutableArray<DeviceTime> changed = _ledger.TakeChanged();
        Assert.Equal([new DeviceTime("anna", new DateOnly(2026, 1, 2), 15)], changed);
        Assert.Empty(_ledger.TakeChanged());
        _ledger.PutBack(changed);
        _ledger.Add("anna", 1, noon);
        Assert.Equal([new DeviceTime("anna", new DateOnly(2026, 1, 2), 16)], _ledger.TakeChanged());
    }
}
