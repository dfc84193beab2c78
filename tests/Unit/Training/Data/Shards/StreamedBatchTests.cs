using Sweeper.Training.Data;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Data.Shards;

/// <summary>Batches from disk. Of 45 images in shards of 4 a window has 16, less where images are held out: every few batches lie in two windows.</summary>
public sealed class StreamedBatchTests : IDisposable
{
    private const int BatchSize = 7;
    private static readonly Augmentation Everything = new() { Flip = true, PadCrop = 2, Cutout = 3 };
    private static readonly int[] Chosen = [.. Enumerable.Range(0, 45).Where(i => i % 5 != 0)];

    private readonly PictureFolder _folder = PictureFolder.WithTestPart();
    private readonly ImageData _data;

    public StreamedBatchTests() => _data = _folder.Streamed();

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Next_Epochs_VisitTheChosenImagesOnceEachInAnotherOrder()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageData inMemory = _folder.InMemory();
        Dictionary<string, int> known = Known(inMemory);
        using BatchSource source = new(_data, Chosen, 6, Augmentation.None, seed: 1);
        int[][] epochs = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, source.StepsPerEpoch).SelectMany(_ => ImagesOf(source.Next(), known, inMemory)).ToArray())];

        Assert.All(epochs, epoch => Assert.Equal(Chosen, epoch.Order()));
        Assert.Equal(3, epochs.Select(epoch => string.Join(' ', epoch)).Distinct().Count());
        Assert.NotEqual(Chosen, epochs[0]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(12)]
    public void Restore_AtAnyStep_GoesOnBitEqual(int at)
    {
        using DisposeScope scope = NewDisposeScope();
        using BatchSource source = New(seed: 1);
        for (int step = 0; step < at; step++)
        {
            source.Next();
        }

        BatchSourceState state = source.Save();
        using BatchSource resumed = New(seed: 1);
        resumed.Next();
        resumed.Restore(state);
        for (int step = 0; step < 12; step++)
        {
            AssertEqual(source.Next(), resumed.Next());
            Assert.Equal((source.Epoch, source.Step), (resumed.Epoch, resumed.Step));
        }
    }

    [Fact]
    public void Next_BesideAnotherSource_IsWhatItIsAlone()
    {
        using DisposeScope scope = NewDisposeScope();
        using BatchSource alone = New(seed: 1);
        Batch[] expected = [.. Enumerable.Range(0, 15).Select(_ => alone.Next())];
        using BatchSource beside = New(seed: 1);
        using BatchSource other = New(seed: 2);
        bool differs = false;
        foreach (Batch batch in expected)
        {
            AssertEqual(batch, beside.Next());
            differs |= !batch.Images.BitEqual(other.Next().Images);
        }

        Assert.True(differs, "another seed, another order");
    }

    [Fact]
    public void Next_OneImage_IsAugmentedAsInMemory()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageData inMemory = _folder.InMemory();
        using BatchSource expected = new(inMemory, [17], 1, Everything, seed: 4);
        using BatchSource actual = new(_data, [17], 1, Everything, seed: 4);
        for (int step = 0; step < 10; step++)
        {
            AssertEqual(expected.Next(), actual.Next());
        }
    }

    [Fact]
    public void Next_BatchLargerThanAWindow_IsWhole()
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageData inMemory = _folder.InMemory();
        using BatchSource source = new(_data, Chosen, 500, Augmentation.None, seed: 1);

        Assert.Equal(Chosen, ImagesOf(source.Next(), Known(inMemory), inMemory).Order());
    }

    [Fact]
    public void Next_ShardGoneWhileItTrains_SaysWhich()
    {
        using DisposeScope scope = NewDisposeScope();
        using BatchSource source = New(seed: 1);
        Directory.Delete(_folder.Made[0], recursive: true);

        Assert.Contains(".shard: a part of the decoded images cannot be read", Assert.Throws<DataSetException>(() => source.Next()).Message, StringComparison.Ordinal);
    }

    private static void AssertEqual(Batch expected, Batch actual)
    {
        Assert.True(expected.Images.BitEqual(actual.Images));
        Assert.True(expected.Labels.BitEqual(actual.Labels));
    }

    /// <summary>Images of noise: the pixels say which one it is.</summary>
    private static Dictionary<string, int> Known(ImageData inMemory)
    {
        using EvaluationSource all = EvaluationSource.OfTrain(inMemory, [.. Enumerable.Range(0, inMemory.TrainCount)], 1);
        return Enumerable.Range(0, all.Batches).ToDictionary(i => Convert.ToHexString(all.Read(i).Images.bytes), i => i);
    }

    private static IEnumerable<int> ImagesOf(Batch batch, Dictionary<string, int> known, ImageData inMemory)
    {
        for (int i = 0; i < batch.Images.shape[0]; i++)
        {
            int image = known[Convert.ToHexString(batch.Images[i].contiguous().bytes)];
            Assert.Equal(inMemory.TrainTargets[image], batch.Labels[i].item<long>());
            yield return image;
        }
    }

    private BatchSource New(long seed) => new(_data, Chosen, BatchSize, Everything, seed);
}
