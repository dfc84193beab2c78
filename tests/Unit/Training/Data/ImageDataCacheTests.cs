using Sweeper.Training.Data;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Data;

public sealed class ImageDataCacheTests
{
    private static readonly DataOptions Synthetic = new() { Set = "synthetic" };

    [Fact]
    public void Lease_SameOptions_SharesOneSet()
    {
        using ImageDataCache cache = new(SharedData.Nowhere);
        using ImageDataLease first = Lease(cache, Synthetic);
        using ImageDataLease second = Lease(cache, Synthetic with { });
        using ImageDataLease other = Lease(cache, Synthetic with { TrainSize = 100 });

        Assert.Same(first.Data, second.Data);
        Assert.NotSame(first.Data, other.Data);
    }

    [Fact]
    public void Lease_ManyThreadsAtOnce_LoadOnce()
    {
        using ImageDataCache cache = new(SharedData.Nowhere);
        ImageDataLease[] leases = new ImageDataLease[8];
        Thread[] threads = [.. leases.Select((_, i) => new Thread(() => leases[i] = cache.Lease(Synthetic, CPU)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Single(leases.Select(lease => lease.Data).Distinct());
        Array.ForEach(leases, lease => lease.Dispose());
    }

    [Fact]
    public void Dispose_LastLease_KeepsTheSetWithinTheBudget()
    {
        using ImageDataCache roomy = new(SharedData.Nowhere);
        using ImageDataCache tight = new(SharedData.Nowhere, idleBytes: 1000);

        Assert.True(StaysAfterUse(roomy));
        Assert.False(StaysAfterUse(tight));
    }

    [Fact]
    public void Dispose_OverBudget_DropsTheLongestUnused()
    {
        using ImageDataCache cache = new(SharedData.Nowhere, idleBytes: 1_200_000); // two sets of 600 images, not three
        DataOptions small = Synthetic with { TrainSize = 100 };
        DataOptions next = Synthetic with { TrainSize = 101 };
        DataOptions last = Synthetic with { TrainSize = 102 };
        ImageData[] used = [.. new[] { small, next, small, last }.Select(options =>
        {
            using ImageDataLease lease = Lease(cache, options);
            return lease.Data;
        })];

        Assert.True(used[1].TrainImages.IsInvalid);
        Assert.Same(used[0], used[2]);
        Assert.Equal([false, false], [used[0].TrainImages.IsInvalid, used[3].TrainImages.IsInvalid]);
    }

    [Fact]
    public void Dispose_LeaseTwice_CountsOnce()
    {
        using ImageDataCache cache = new(SharedData.Nowhere, idleBytes: 0);
        ImageDataLease first = Lease(cache, Synthetic);
        using ImageDataLease second = Lease(cache, Synthetic);
        first.Dispose();
        first.Dispose();

        Assert.False(second.Data.TrainImages.IsInvalid);
    }

    [Fact]
    public void Lease_LoadFails_NextCallTriesAnew()
    {
        using TempFolder folder = new();
        using ImageDataCache cache = new(SharedData.Nowhere);
        DataOptions options = new() { Set = "mnist", Path = folder.Path };
        Assert.Throws<DataSetException>(() => Lease(cache, options));
        IdxFiles.WriteSet(folder);

        using ImageDataLease lease = Lease(cache, options);

        Assert.Equal(20, lease.Data.TrainCount);
    }

    [Fact]
    public void Dispose_Cache_FreesIdleSetsAtOnceAndLeasedOnesLater()
    {
        ImageDataCache cache = new(SharedData.Nowhere);
        ImageDataLease lease = Lease(cache, Synthetic);
        cache.Dispose();

        Assert.False(lease.Data.TrainImages.IsInvalid);
        lease.Dispose();
        Assert.True(lease.Data.TrainImages.IsInvalid);
        Assert.Throws<ObjectDisposedException>(() => Lease(cache, Synthetic));
    }

    private static ImageDataLease Lease(ImageDataCache cache, DataOptions options) =>
        cache.Lease(options, CPU, cancellationToken: TestContext.Current.CancellationToken);

    private static bool StaysAfterUse(ImageDataCache cache)
    {
        ImageDataLease lease = Lease(cache, Synthetic);
        lease.Dispose();
        return !lease.Data.TrainImages.IsInvalid;
    }
}
