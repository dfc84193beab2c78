using Sweeper.Training.Data;
using Sweeper.Training.Models;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Data;

[Collection(GlobalGenerator.Collection)]
public sealed class BatchSourceTests
{
    private static readonly Augmentation Everything = new() { Flip = true, PadCrop = 3, Cutout = 6 };

    [Fact]
    public void Next_OneEpoch_VisitsEveryImageOnce()
    {
        using ImageData data = TestData.Numbered(20);
        using BatchSource source = new(data, [.. Enumerable.Range(0, 20)], 5, Augmentation.None, seed: 1);
        List<long> seen = [];
        for (int step = 0; step < source.StepsPerEpoch; step++)
        {
            using DisposeScope scope = NewDisposeScope();
            seen.AddRange(source.Next().Labels.data<long>().ToArray());
        }

        Assert.Equal(4, source.StepsPerEpoch);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => (long)i), seen.Order());
        Assert.NotEqual(Enumerable.Range(0, 20).Select(i => (long)i), seen);
    }

    [Fact]
    public void Next_LastBatchNotFull_IsDropped()
    {
        using ImageData data = TestData.Numbered(20);
        using BatchSource source = new(data, [.. Enumerable.Range(0, 20)], 8, Augmentation.None, seed: 1);
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal(2, source.StepsPerEpoch);
        Assert.All(Enumerable.Range(0, 5), _ => Assert.Equal(8, source.Next().Labels.shape[0]));
        Assert.Equal((2, 1), (source.Epoch, source.Step));
    }

    [Fact]
    public void Next_SetSmallerThanBatch_GivesAllOfIt()
    {
        using ImageData data = TestData.Numbered(20);
        using BatchSource source = new(data, [1, 2, 3], 8, Augmentation.None, seed: 1);
        using DisposeScope scope = NewDisposeScope();

        Assert.Equal(1, source.StepsPerEpoch);
        Assert.Equal([1, 2, 3], source.Next().Labels.data<long>().ToArray().Order());
    }

    [Fact]
    public void Next_UnitScaling_KeepsBlackAtZeroAndFullAtOne()
    {
        byte[] pixels = [.. Enumerable.Range(0, 2 * 8 * 8).Select(index => (byte)(index * 2))];
        using ImageData data = TestData.Of(new ImageShape(2, 8, 8), pixels, [0], PixelScaling.Unit);
        using BatchSource source = new(data, [0], 1, Augmentation.None, seed: 1);
        using EvaluationSource test = EvaluationSource.OfTest(data, 1);
        using DisposeScope scope = NewDisposeScope();
        float[] expected = [.. pixels.Select(pixel => pixel / 255f)];

        Assert.Equal(expected, source.Next().Images.flatten().data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(expected, test.Read(0).Images.flatten().data<float>().ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Next_ChosenIndices_VisitsOnlyThem()
    {
        using ImageData data = TestData.Numbered(20);
        using BatchSource source = new(data, [3, 7, 11, 19], 2, Augmentation.None, seed: 1);
        using DisposeScope scope = NewDisposeScope();

        Assert.All(Enumerable.Range(0, 10), _ => Assert.All(source.Next().Labels.data<long>().ToArray(), label => Assert.Contains(label, (long[])[3, 7, 11, 19])));
    }

    [Fact]
    public void Next_NewEpoch_HasNewOrder()
    {
        using ImageData data = TestData.Numbered(20);
        using BatchSource source = new(data, [.. Enumerable.Range(0, 20)], 20, Augmentation.None, seed: 1);
        using DisposeScope scope = NewDisposeScope();

        Assert.NotEqual(source.Next().Labels.data<long>().ToArray(), source.Next().Labels.data<long>().ToArray());
    }

    [Fact]
    public void Next_SameSeed_GivesEqualBatchesAndLeavesGlobalGeneratorAlone()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageData data = TestData.Numbered(20);
        Tensor before = Generator.Default.get_state();
        using BatchSource first = new(data, [.. Enumerable.Range(0, 20)], 6, Everything, seed: 1);
        using BatchSource second = new(data, [.. Enumerable.Range(0, 20)], 6, Everything, seed: 1);
        using BatchSource other = new(data, [.. Enumerable.Range(0, 20)], 6, Everything, seed: 2);
        for (int step = 0; step < 10; step++)
        {
            Tensor images = first.Next().Images;
            Assert.True(images.BitEqual(second.Next().Images));
            Assert.False(images.BitEqual(other.Next().Images));
        }

        Assert.True(before.BitEqual(Generator.Default.get_state()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(10)]
    public void Restore_AtAnyStep_GoesOnBitEqual(int at)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageData data = TestData.Numbered(20);
        using BatchSource source = new(data, [.. Enumerable.Range(0, 20)], 6, Everything, seed: 1);
        for (int step = 0; step < at; step++)
        {
            source.Next();
        }

        BatchSourceState state = source.Save();
        using BatchSource resumed = new(data, [.. Enumerable.Range(0, 20)], 6, Everything, seed: 1);
        resumed.Next();
        resumed.Restore(state);
        for (int step = 0; step < 9; step++)
        {
            Batch expected = source.Next();
            Batch actual = resumed.Next();
            Assert.True(expected.Images.BitEqual(actual.Images));
            Assert.True(expected.Labels.BitEqual(actual.Labels));
            Assert.Equal((source.Epoch, source.Step), (resumed.Epoch, resumed.Step));
        }
    }

    [Fact]
    public void Restore_StateOfAnotherSize_Throws()
    {
        using ImageData data = TestData.Numbered(20);
        using BatchSource source = new(data, [.. Enumerable.Range(0, 20)], 6, Augmentation.None, seed: 1);
        BatchSourceState state = source.Save();

        Assert.Throws<ArgumentException>(() => source.Restore(state with { Step = 4 }));
        Assert.Throws<ArgumentException>(() => source.Restore(state with { OrderState = [1] }));
    }

    [Fact]
    public void Next_NoAugmentation_IsNormalisedPixels()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageData data = TestData.Random(64, channels: 3);
        using BatchSource source = new(data, [.. Enumerable.Range(0, 64)], 64, Augmentation.None, seed: 1);

        Tensor images = source.Next().Images;

        Assert.Equal(ScalarType.Float32, images.dtype);
        for (int channel = 0; channel < 3; channel++)
        {
            Assert.Equal(0, images[TensorIndex.Colon, channel].mean().item<float>(), 4);
            Assert.Equal(1, images[TensorIndex.Colon, channel].std(false).item<float>(), 4);
        }
    }

    [Fact]
    public void Constructor_BadArguments_Throws()
    {
        using ImageData data = TestData.Numbered(20);

        Assert.Throws<ArgumentException>(() => new BatchSource(data, [], 4, Augmentation.None, 1));
        Assert.Throws<ArgumentException>(() => new BatchSource(data, [20], 4, Augmentation.None, 1));
        Assert.Throws<ArgumentException>(() => new BatchSource(data, [-1], 4, Augmentation.None, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchSource(data, [1], 0, Augmentation.None, 1));
        Assert.Throws<ArgumentException>(() => new BatchSource(data, [1], 1, new Augmentation { PadCrop = 28 }, 1));
        Assert.Throws<ArgumentException>(() => new BatchSource(data, [1], 1, new Augmentation { Cutout = -1 }, 1));
    }
}
