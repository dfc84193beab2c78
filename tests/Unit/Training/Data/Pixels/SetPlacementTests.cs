using Sweeper.Training.Data;
using Sweeper.Training.Data.Pixels;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Data.Pixels;

public sealed class SetPlacementTests
{
    [Theory]
    [InlineData(500, 1000L, "Device")]
    [InlineData(501, 1000L, "Host")]
    [InlineData(501, 0L, "Host")]
    [InlineData(long.MaxValue, null, "Device")]
    public void Of_SetAndFreeMemory_TakesTheDeviceWhereHalfOfItIsEnough(long bytes, long? free, string expected) =>
        Assert.Equal(expected, SetPlacements.Of(bytes, free).ToString());

    [Fact]
    public void To_Host_GivesTheSameBatchesAndOutlivesTheFirstOwner()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageData data = TestData.Random(40, channels: 3);
        ImageData first = TestData.Random(40, channels: 3);
        using ImageData host = first.To(CPU, SetPlacement.Host);
        first.Dispose();
        using BatchSource expected = new(data, [.. Enumerable.Range(0, 40)], 7, new Augmentation { Flip = true }, seed: 1);
        using BatchSource actual = new(host, [.. Enumerable.Range(0, 40)], 7, new Augmentation { Flip = true }, seed: 1);

        Assert.Equal(data.MemoryBytes, host.MemoryBytes);
        for (int step = 0; step < 12; step++)
        {
            (Batch one, Batch other) = (expected.Next(), actual.Next());
            Assert.True(one.Images.BitEqual(other.Images));
            Assert.True(one.Labels.BitEqual(other.Labels));
        }
    }
}
