using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Workers.Batches;
using Xunit;

namespace Sweeper.Tests.Unit.Workers;

public sealed class BatchSearchTests
{
    private const long MiB = 1 << 20;

    [Fact]
    public void Run_DeviceThatRunsOutOfMemory_TakesTheLargestThatWasTrained()
    {
        BatchFit fit = Search(batch => batch > 500 ? Full(batch) : Trained(batch), slots: 1, memory: null);

        Assert.Equal(256, fit.Largest);
        Assert.Equal([32, 64, 128, 256, 512], fit.Tries.Select(one => one.BatchSize));
        Assert.Contains("512 ran out of memory: 3 GiB are free", fit.Words(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NotEvenTheFirstOneFits_GoesDown()
    {
        BatchFit fit = Search(batch => batch > 5 ? Full(batch) : Trained(batch), slots: 1, memory: null);

        Assert.Equal(4, fit.Largest);
        Assert.Equal([32, 16, 8, 4], fit.Tries.Select(one => one.BatchSize));
    }

    [Fact]
    public void Run_NothingFits_HasNone() => Assert.Equal(0, Search(Full, slots: 1, memory: null).Largest);

    [Theory]
    [InlineData(1, 256)]
    [InlineData(2, 128)]
    [InlineData(3, 64)]
    [InlineData(4, 64)]
    public void Run_SlotsOfAFullDevice_ShareIt(int slots, int expected)
    {
        BatchFit fit = Search(batch => batch > 500 ? Full(batch) : Trained(batch), slots, memory: null);

        Assert.Equal(expected, fit.Largest);
    }

    [Theory]
    [InlineData(1, 512)]
    [InlineData(2, 256)]
    public void Run_MemoryOfTheMachine_IsNeverOverdrawn(int slots, int expected)
    {
        List<int> tried = [];
        BatchFit fit = Search(
            batch =>
            {
                tried.Add(batch);
                return Trained(batch, batch * MiB);
            },
            slots,
            memory: 600 * MiB);

        Assert.Equal(expected, fit.Largest);
        Assert.All(tried, batch => Assert.True(batch * slots <= 600, $"{batch} was tried"));
        Assert.Contains(slots == 1 ? "1024 would take about 1 GiB of 600 MiB" : "512 would take about 512 MiB in each of 2 slots", fit.Bound, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TryThatTookMoreThanIsFree_DoesNotCount()
    {
        BatchFit fit = Search(batch => Trained(batch, batch == 32 ? 700 * MiB : batch * MiB), slots: 1, memory: 600 * MiB);

        Assert.Equal(16, fit.Largest);
        Assert.Contains("32 took 700 MiB", fit.Bound, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(1800)]
    public void Run_NoLackOfMemory_EndsAtTheBound(int most)
    {
        BatchFit fit = new BatchSearch(batch => Trained(batch), (most, "that is all"), 2, memory: null).Run("CPU");

        Assert.Equal(1 << int.Log2(most), fit.Largest);
        Assert.Equal("that is all", fit.Bound);
    }

    [Fact]
    public void Words_SmallerBatchThatIsAsFast_IsNamed()
    {
        BatchFit fit = Search(batch => new BatchTry(batch, batch >= 128 ? 1000 : batch, null, batch > 1024 ? "full" : null), slots: 1, memory: null);

        Assert.Contains("128 trains as many images per second (1,000) as any", fit.Words(), StringComparison.Ordinal);
    }

    private static BatchFit Search(Func<int, BatchTry> attempt, int slots, long? memory) =>
        new BatchSearch(attempt, (4096, "that is all"), slots, memory).Run("a device");

    private static BatchTry Trained(int batch, long? bytes = null) => new(batch, batch, bytes, null);

    private static BatchTry Full(int batch) => new(batch, 0, null, "3 GiB are free");
}
