using Microsoft.Extensions.Logging.Abstractions;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Workers.Memory;
using Sweeper.Training.Models;
using Xunit;

namespace Sweeper.Tests.Unit.Workers.Memory;

public sealed class MemoryGateTests
{
    private const int Batch = 64;

    private static readonly MemoryKind Small = Kind("mlp");
    private static readonly MemoryKind Large = Kind("resnet9");

    private readonly MemoryGate _gate = new(() => 100, NullLogger.Instance);

    [Fact]
    public void Enter_KindThatWasNeverMeasured_IsLetIn()
    {
        using MemoryGate.Stay first = Enter(Small);
        using MemoryGate.Stay second = Enter(Small);

        Assert.True(first.HadCompany && second.HadCompany);
    }

    [Fact]
    public async Task Enter_NoRoomForTheSumOfWhatWasMeasured_WaitsForAnEnd()
    {
        MemoryGate.Stay first = Enter(Small);
        first.Measured(60);
        Task<MemoryGate.Stay> second = Task.Run(() => Enter(Small), TestContext.Current.CancellationToken);
        await AssertWaitsAsync(second);

        first.Dispose();

        using MemoryGate.Stay stay = await second;
        Assert.False(stay.HadCompany);
    }

    [Fact]
    public void Enter_RoomForBoth_BothAreIn()
    {
        using MemoryGate.Stay first = Enter(Small);
        first.Measured(50);
        using MemoryGate.Stay second = Enter(Small);
    }

    [Fact]
    public void Enter_MoreThanThereIsAndNobodyElse_IsLetIn()
    {
        using (MemoryGate.Stay first = Enter(Large))
        {
            first.Measured(500);
        }

        using MemoryGate.Stay again = Enter(Large);
    }

    [Fact]
    public async Task Enter_SmallOneBehindALargeOne_DoesNotOvertakeIt()
    {
        MemoryGate.Stay large = Enter(Large);
        large.Measured(90);
        MemoryGate.Stay small = Enter(Small);
        small.Measured(5);
        Task<MemoryGate.Stay> nextLarge = Task.Run(() => Enter(Large), TestContext.Current.CancellationToken);
        await AssertWaitsAsync(nextLarge);
        Task<MemoryGate.Stay> nextSmall = Task.Run(() => Enter(Small), TestContext.Current.CancellationToken);
        await AssertWaitsAsync(nextSmall);

        large.Dispose();

        using MemoryGate.Stay first = await nextLarge;
        using MemoryGate.Stay second = await nextSmall;
        small.Dispose();
    }

    [Fact]
    public async Task Enter_Alone_WaitsForAllAndKeepsOthersOut()
    {
        MemoryGate.Stay other = Enter(Small);
        Task<MemoryGate.Stay> alone = Task.Run(() => Enter(Small, alone: true), TestContext.Current.CancellationToken);
        await AssertWaitsAsync(alone);
        other.Dispose();
        MemoryGate.Stay inside = await alone;
        Task<MemoryGate.Stay> late = Task.Run(() => Enter(Small), TestContext.Current.CancellationToken);
        await AssertWaitsAsync(late);

        inside.Dispose();

        (await late).Dispose();
        Assert.False(inside.HadCompany);
    }

    [Fact]
    public async Task Enter_ToldToStop_DoesNotWaitOn()
    {
        using MemoryGate.Stay first = Enter(Small);
        first.Measured(90);
        using var stop = new CancellationTokenSource();
        int signs = 0;
        Task<MemoryGate.Stay> second = Task.Run(
            () => _gate.Enter(Key, Small, Batch, alone: false, () => Interlocked.Increment(ref signs), stop.Token), TestContext.Current.CancellationToken);
        await AssertWaitsAsync(second);

        await stop.CancelAsync();

        (await second).Dispose();
        Assert.True(signs > 0, "no sign of life while it waited");
    }

    [Fact]
    public void Needs_OtherBatches_AreEstimatedFromThoseMeasured()
    {
        var needs = new MemoryNeeds();
        Assert.Null(needs.Of(Small, 64));
        needs.Add(Small, 64, 100);
        needs.Add(Small, 64, 90);
        needs.Add(Small, 256, 300);

        Assert.Equal([100, 100, 300, 300, 600], new[] { 32, 64, 128, 256, 512 }.Select(batch => needs.Of(Small, batch) ?? 0));
        Assert.Null(needs.Of(Large, 64));
    }

    [Theory]
    [InlineData(true, 2, "alone")]
    [InlineData(false, 1, "full")]
    public void Run_OutOfMemory_RunsAgainAloneWhereOthersWereThere(bool company, int runs, string result)
    {
        int count = 0;
        using MemoryGate.Stay? other = company ? Enter(Large) : null;

        string ended = RoomyRun.Of(
            alone =>
            {
                if (alone)
                {
                    other?.Dispose();
                }

                return Enter(Small, alone);
            },
            stay => ++count == 1 ? "full" : stay.HadCompany ? "company" : "alone",
            text => text == "full");

        Assert.Equal((runs, result), (count, ended));
    }

    [Fact]
    public void Run_EndsWellBesideOthers_RunsOnce()
    {
        using MemoryGate.Stay other = Enter(Large);
        int count = 0;

        Assert.Equal(1, RoomyRun.Of(alone => Enter(Small, alone), _ => ++count, _ => false));
    }

    private static JobKey Key => new("sweep", JobKind.Trial, 1);

    private static MemoryKind Kind(string model) => new(new ModelSpec(model), null, new OptimizerSpec(), null, new ImageShape(1, 28, 28), 10);

    private MemoryGate.Stay Enter(MemoryKind kind, bool alone = false) =>
        _gate.Enter(Key, kind, Batch, alone, () => { }, TestContext.Current.CancellationToken);

    private static async Task AssertWaitsAsync(Task waiting)
    {
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted, "it was let in");
    }
}
