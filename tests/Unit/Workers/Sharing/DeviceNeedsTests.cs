using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;
using Xunit;

namespace Sweeper.Tests.Unit.Workers.Sharing;

/// <summary>Sweeps whose jobs need more than any device.</summary>
public sealed class DeviceNeedsTests
{
    private static readonly SharingSpec Big = new(Priority: 5, Preempt: true, Needs: new DeviceNeeds("bf16 cuda", 40));

    private readonly SharedPool _pool = new();

    [Fact]
    public void Grant_NeedsThatOneDeviceMeets_OnlyThatOne()
    {
        _pool.Announce("a/cpu", 4, 100, "cpu", "bf16");
        _pool.Announce("b/cuda:0", 1, 24, "cuda", "bf16");
        _pool.Announce("c/cuda:0", 2, 80, "cuda", "bf16", "sm_90");
        _pool.Want("big", 10, Big);

        Assert.Equal(["c/cuda:0", "c/cuda:0"], _pool.Grant().Select(grant => grant.Lease.Worker.ToString()));
        Assert.Equal("a free slot", Assert.Single(_pool.Shares()).WaitsFor);
    }

    [Fact]
    public void Grant_NeedsThatNoDeviceMeets_OthersGoOnAndTheQueueSaysWhatIsMissing()
    {
        _pool.Announce("a/cpu", 2, 100, "cpu");
        _pool.Want("big", 10, Big);
        _pool.Want("usual", 10);
        _pool.Grant();
        _pool.Pass(10_000); // however long it has waited

        Assert.Equal(2, _pool.Held("usual"));
        _pool.EndAll();
        Assert.Equal(["usual", "usual"], _pool.Grant().Select(grant => grant.Sweep));
        Assert.Equal("a device with bf16, cuda and 40 GiB: there is none", _pool.Shares().Single(share => share.Sweep == "big").WaitsFor);
        Assert.Empty(_pool.Yields());
    }

    [Fact]
    public void Yields_NeedsOfTheUrgentOne_AsksOnlyWhereTheyAreMet()
    {
        _pool.Announce("a/cpu", 1, 100, "cpu");
        _pool.Announce("c/cuda:0", 1, 80, "cuda", "bf16");
        _pool.Want("usual", 2);
        WorkerKey gpu = WorkerKey.Parse("c/cuda:0");
        long held = _pool.Grant().Single(grant => grant.Lease.Worker == gpu).Lease.Id;
        _pool.Pass(100);
        _pool.Want("big", 5, Big);

        Assert.Equal([held], _pool.Yields().Select(yield => yield.Lease.Id));
    }

    [Fact]
    public void Grant_TogetherOnDevicesThatFit_KeepsThoseAndLeavesTheOthers()
    {
        _pool.Announce("a/cpu", 2, 100, "cpu");
        _pool.Announce("c/cuda:0", 1, 80, "cuda", "bf16");
        _pool.Announce("d/cuda:0", 1, 80, "cuda", "bf16");
        _pool.Want("usual", 3);
        _pool.Grant();
        _pool.Want("big", 2, Big with { Together = 2 });
        _pool.Want("usual", 10);

        int before = _pool.Held("usual");
        _pool.Grant();

        Assert.Equal(0, _pool.Held("big")); // one of the two is taken, the other is kept for it
        Assert.Equal(before, _pool.Held("usual"));
        _pool.EndAll();
        _pool.Grant();
        Assert.Equal((2, 2), (_pool.Held("big"), _pool.Held("usual")));
    }

    [Theory]
    [InlineData("", 0.0, true)]
    [InlineData("cpu", 0.0, true)]
    [InlineData("cuda", 0.0, false)]
    [InlineData("bf16 cpu", 16.0, true)]
    [InlineData("bf16 cpu", 16.1, false)]
    public void AreMetBy_LabelsAndMemory(string labels, double memory, bool met) =>
        Assert.Equal(met, new DeviceNeeds(labels, memory == 0 ? null : memory).AreMetBy(["cpu", "bf16"], 16L << 30));
}
