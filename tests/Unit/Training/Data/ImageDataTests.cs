using Sweeper.Training.Data;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Data;

public sealed class ImageDataTests
{
    [Fact]
    public void Statistics_OfTrainingPixels_AreTorchsOwn()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageData data = TestData.Random(50, channels: 3);
        Tensor pixels = data.TrainImages.to(ScalarType.Float64).div(255);

        for (int channel = 0; channel < 3; channel++)
        {
            Assert.Equal(pixels.select(1, channel).mean().item<double>(), data.Statistics.Mean[channel], 12);
            Assert.Equal(pixels.select(1, channel).std(false).item<double>(), data.Statistics.StandardDeviation[channel], 12);
        }
    }

    [Fact]
    public void Statistics_ConstantChannel_DividesByOne()
    {
        using ImageData data = TestData.Of(new(1, 2, 2), [.. Enumerable.Repeat((byte)51, 8)], [0, 1]);

        Assert.Equal(0.2, Assert.Single(data.Statistics.Mean), 12);
        Assert.Equal(1, Assert.Single(data.Statistics.StandardDeviation));
    }

    [Fact]
    public void To_SameDevice_IsACopyOfItsOwn()
    {
        ImageData data = TestData.Random(5);
        using ImageData copy = data.To(CPU);
        data.Dispose();

        Assert.Equal(data.ContentHash, copy.ContentHash);
        Assert.Equal(5 * 784, copy.TrainImages.bytes.Length);
    }

    [Fact]
    public void Load_InsideDisposeScope_OutlivesIt()
    {
        ImageData data;
        using (NewDisposeScope())
        {
            data = TestData.Random(5);
        }

        using (data)
        {
            Assert.Equal([5, 1, 28, 28], data.TrainImages.shape);
        }
    }

    [Fact]
    public void ContentHash_OneByteOrLabelChanged_Differs()
    {
        using ImageData data = TestData.Of(new(1, 2, 2), [1, 2, 3, 4, 5, 6, 7, 8], [0, 1]);
        using ImageData same = TestData.Of(new(1, 2, 2), [1, 2, 3, 4, 5, 6, 7, 8], [0, 1]);
        using ImageData pixel = TestData.Of(new(1, 2, 2), [1, 2, 3, 4, 5, 6, 7, 9], [0, 1]);
        using ImageData label = TestData.Of(new(1, 2, 2), [1, 2, 3, 4, 5, 6, 7, 8], [1, 1]);

        Assert.Equal(data.ContentHash, same.ContentHash);
        Assert.Equal(3, new[] { data.ContentHash, pixel.ContentHash, label.ContentHash }.Distinct().Count());
    }
}
