using System.Collections.Immutable;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Store;
using Sweeper.Grains.Workers.Sharing;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>A quota of device hours through coordinators, pool and store.</summary>
public sealed class DeviceHoursTests : IAsyncLifetime
{
    private const double Hours = 1e-4; // a third of a second

    private readonly SweepCluster _cluster = SweepCluster.Under(SharingRules.Usual with { Default = new SlotQuota(DeviceHours: Hours) });

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Sweep_HoursUsedUp_StartsNothingMoreAndTheStoreKnowsWhatWasUsed()
    {
        SweepScript script = _cluster.ScriptOf("hungry");
        script.Gated = true;
        await _cluster.SubmitAsync(SweepCluster.Trials("hungry", 12));
        await _cluster.UntilAsync("hungry", view => view.Running.Length == 4);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken); // two devices: well above the quota
        script.Open();

        await _cluster.UntilAsync("hungry", view => view.Running.IsEmpty);
        ImmutableArray<SweepShare> shares = await _cluster.Silo.Client.GetGrain<IWorkerPoolGrain>(0).GetSharesAsync();
        Assert.Equal((8, "the quota of 0.0001 device hours in 30 days"), (Assert.Single(shares).Wanted, shares[0].WaitsFor));

        await _cluster.StopAsync();
        ImmutableArray<DeviceTime> kept = await _cluster.Store.DeviceTime.ReadDeviceTimeAsync(DateOnly.MinValue, TestContext.Current.CancellationToken);
        Assert.True(kept.Sum(time => time.Seconds) > Hours * 3600, string.Join(", ", kept));
    }
}
