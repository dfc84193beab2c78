using Sweeper.Training.Data;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Sweeper.Tests.Unit.Training.Data.Shards;

/// <summary>A streamed folder is the same set as the folder in memory, in all but the order of its batches.</summary>
public sealed class StreamedFolderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Load_FolderWithTestPart_IsTheSetInMemory(bool grey)
    {
        using PictureFolder folder = PictureFolder.WithTestPart(grey);

        AssertSame(folder, folder.Options);
    }

    [Fact]
    public void Load_FolderWithoutTestPart_SetsTheSameImagesAside()
    {
        using PictureFolder folder = PictureFolder.Whole();

        AssertSame(folder, folder.Options with { Seed = 5 });
        AssertSame(folder, folder.Options with { Seed = 6 });
        Assert.Single(folder.Made); // of two seeds
    }

    [Fact]
    public void Load_OneColouredPictureAmongGreyOnes_GivesAllThreeChannels()
    {
        for (int i = 0; i < 12; i++) // wherever its shard comes
        {
            using PictureFolder folder = PictureFolder.WithTestPart(grey: true);
            folder.Add(i == 11 ? "test/c/13.png" : $"train/{"abc"[i / 4]}/{(i / 4 * 15) + (i % 4):00}.png", grey: false);

            AssertSame(folder, folder.Options);
        }
    }

    [Fact]
    public void Load_TrainSize_KeepsTheSameImages()
    {
        using PictureFolder folder = PictureFolder.WithTestPart();

        AssertSame(folder, folder.Options with { TrainSize = 20, Scaling = PixelScaling.Unit, Seed = 3 });
        string complaint = Assert.Throws<DataSetException>(() => folder.Streamed(folder.Options with { TrainSize = 46 })).Message;
        Assert.Contains("train size is 46; image-folder has 45 training images in 3 classes: ask for 3 to 45", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DamagedFiles_AreRefusedOrSkippedAsInMemory()
    {
        using PictureFolder folder = PictureFolder.WithTestPart();
        foreach (string name in new[] { "train/a/03.png", "train/c/44.png", "train/b/16.png" })
        {
            File.WriteAllBytes(Path.Combine(folder.Pictures, name), [1, 2, 3]);
        }

        string inMemory = Assert.Throws<DataSetException>(() => folder.InMemory()).Message;
        string streamed = Assert.Throws<DataSetException>(() => folder.Streamed()).Message;

        Assert.Equal(inMemory, streamed);
        Assert.Contains("3 of 45 files cannot be used", streamed, StringComparison.Ordinal);
        Assert.Empty(folder.Made);
        AssertSame(folder, folder.Options with { SkipDamaged = true });
    }

    [Fact]
    public void Load_FolderThatMakesNoSet_SaysTheSameAsInMemory()
    {
        using PictureFolder folder = PictureFolder.Whole();
        Directory.CreateDirectory(Path.Combine(folder.Pictures, "train"));

        Assert.Equal(
            Assert.Throws<DataSetException>(() => folder.InMemory()).Message,
            Assert.Throws<DataSetException>(() => folder.Streamed()).Message);
    }

    [Fact]
    public void Check_StreamingOfAnotherSet_IsRefused() =>
        Assert.Contains("only image-folder is streamed", Assert.Single(DataCatalog.Check(new DataOptions { Set = "mnist", Streaming = true })), StringComparison.Ordinal);

    [Fact]
    public void Verify_Streamed_SaysWhatItSaysOfTheSetInMemory()
    {
        using PictureFolder folder = PictureFolder.WithTestPart();

        DataVerification streamed = DataCatalog.Verify(folder.Options with { Streaming = true }, folder.Locations, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(streamed.Problem);
        Assert.Equal(DataCatalog.Verify(folder.Options, folder.Locations, cancellationToken: TestContext.Current.CancellationToken).Content, streamed.Content);
    }

    [Fact]
    public void TrainImages_Streamed_SaysThatTheyAreOnDisk()
    {
        using PictureFolder folder = PictureFolder.Whole();
        using ImageData data = folder.Streamed();

        Assert.True(data.IsStreamed);
        Assert.Contains("are on disk", Assert.Throws<InvalidOperationException>(() => data.TrainImages).Message, StringComparison.Ordinal);
        Assert.Equal(8 * (data.TrainCount + data.TestCount), data.MemoryBytes);
    }

    private static void AssertSame(PictureFolder folder, DataOptions options)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageData inMemory = folder.InMemory(options);
        using ImageData streamed = folder.Streamed(options);
        using ImageData moved = streamed.To(CPU);

        foreach (ImageData data in (ImageData[])[streamed, moved])
        {
            Assert.Equal(inMemory.ContentHash, data.ContentHash);
            Assert.Equal(inMemory.Shape, data.Shape);
            Assert.Equal(inMemory.Classes, data.Classes);
            Assert.Equal(inMemory.TrainTargets, data.TrainTargets);
            Assert.Equal(inMemory.Statistics.Mean, data.Statistics.Mean);
            Assert.Equal(inMemory.Statistics.StandardDeviation, data.Statistics.StandardDeviation);
            Assert.Equal((inMemory.Skipped, inMemory.Origin, inMemory.Scaling), (data.Skipped, data.Origin, data.Scaling));
            Split split = Split.Create(data.TrainTargets.AsSpan(), 0.3, 1);
            AssertSame(EvaluationSource.OfTest(inMemory, 5), EvaluationSource.OfTest(data, 5));
            AssertSame(EvaluationSource.OfTrain(inMemory, split.Validation, 5), EvaluationSource.OfTrain(data, split.Validation, 5));
            AssertSame(EvaluationSource.OfTest(inMemory, [3, 1, 1], 2), EvaluationSource.OfTest(data, [3, 1, 1], 2));
        }
    }

    private static void AssertSame(EvaluationSource expected, EvaluationSource actual)
    {
        using (expected)
        using (actual)
        {
            Assert.Equal(expected.Batches, actual.Batches);
            for (int i = 0; i < expected.Batches; i++)
            {
                Assert.True(expected.Read(i).Images.BitEqual(actual.Read(i).Images));
                Assert.True(expected.Read(i).Labels.BitEqual(actual.Read(i).Labels));
            }
        }
    }
}
