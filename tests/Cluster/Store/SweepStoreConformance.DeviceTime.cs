using Sweeper.Grains.Store;
using Xunit;

namespace Sweeper.Tests.Cluster.Store;

/// <content>Device time of users.</content>
public abstract partial class SweepStoreConformance
{
    [Fact]
    public async Task DeviceTime_OfSeveralSources_IsAddedUpAndARepeatedWriteCountsOnce()
    {
        IDeviceTimeStore store = ((ISweepStore)Store).DeviceTime;
        var first = new DateOnly(2026, 11, 27);
        DateOnly second = first.AddDays(1);
        (Guid one, Guid two) = (Guid.NewGuid(), Guid.NewGuid());

        await store.WriteDeviceTimeAsync(one, [new("anna", first, 10), new("", first, 1)], Stop);
        await store.WriteDeviceTimeAsync(one, [new("anna", first, 25.5)], Stop);
        await store.WriteDeviceTimeAsync(one, [new("anna", first, 25.5)], Stop); // the answer of the first try was lost
        await store.WriteDeviceTimeAsync(two, [new("anna", first, 4), new("anna", second, 7), new("bert", second, 2)], Stop);

        Assert.Equal([new("", first, 1), new("anna", first, 29.5), new("anna", second, 7), new("bert", second, 2)], await store.ReadDeviceTimeAsync(first, Stop));
        Assert.Equal([new("anna", second, 7), new("bert", second, 2)], await store.ReadDeviceTimeAsync(second, Stop));
    }
}
