using CsCheck;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Sets;

public sealed class IdxReaderTests
{
    private const string TrainImages = "train-images-idx3-ubyte.gz";
    private const string TrainLabels = "train-labels-idx1-ubyte.gz";
    private const string TestImages = "t10k-images-idx3-ubyte.gz";

    [Fact]
    public void Load_GoodFiles_GivesTheirPixelsAndLabels()
    {
        using TempFolder folder = new();
        IdxFiles.WriteSet(folder);

        using ImageData data = Load(folder);

        Assert.Equal(new ImageShape(1, 4, 4), data.Shape);
        Assert.Equal((20, 10), (data.TrainCount, data.TestCount));
        Assert.Equal(IdxFiles.Images(20)[16..], data.TrainImages.bytes.ToArray());
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i % 10), data.TrainTargets);
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (long)i), data.TestLabels.data<long>().ToArray());
    }

    [Fact]
    public void Load_UnpackedFiles_GivesTheSame()
    {
        using TempFolder packed = new();
        using TempFolder folder = new();
        IdxFiles.WriteSet(packed);
        folder.Write("train-images-idx3-ubyte", IdxFiles.Images(20));
        folder.Write("train-labels.idx1-ubyte", IdxFiles.Labels([.. Enumerable.Range(0, 20).Select(i => (byte)(i % 10))]));
        folder.Write("t10k-images.idx3-ubyte", IdxFiles.Images(10, seed: 2));
        folder.Write("t10k-labels-idx1-ubyte", IdxFiles.Labels([.. Enumerable.Range(0, 10).Select(i => (byte)i)]));

        using ImageData first = Load(packed);
        using ImageData second = Load(folder);

        Assert.Equal(first.ContentHash, second.ContentHash);
    }

    [Fact]
    public void Load_EmnistLetters_TransposesImagesAndCountsLabelsFromOne()
    {
        using TempFolder folder = new();
        IdxFiles.WriteSet(folder, "emnist", "emnist-letters-", "test", first: 1);

        using ImageData data = Load(folder, "emnist-letters");

        byte[] stored = IdxFiles.Images(20)[16..32];
        byte[] turned = [.. Enumerable.Range(0, 16).Select(i => stored[((i % 4) * 4) + (i / 4)])];
        Assert.Equal(turned, data.TrainImages[0].bytes.ToArray());
        Assert.Equal(0, data.TrainTargets[0]);
        Assert.Equal(26, data.Classes.Count);
    }

    public static TheoryData<string, byte[], string> Damages => new()
    {
        { TrainImages, [], "at byte 0: the file ends inside the header" },
        { TrainImages, IdxFiles.Images(20)[..10], "at byte 10: the file ends inside the header" },
        { TrainImages, IdxFiles.Labels(1, 2, 3, 4, 5, 6, 7, 8), "magic number 0x00000801 where IDX images have 0x00000803; these are labels" },
        { TrainImages, "<html>not found</html>"u8.ToArray(), "magic number 0x3C68746D" },
        { TrainImages, IdxFiles.Images(0), "at byte 4: the image count is 0" },
        { TrainImages, IdxFiles.Images(1, height: 0), "at byte 8: the height is 0" },
        { TrainImages, IdxFiles.Images(20)[..^1], "at byte 335: the file ends" },
        { TrainImages, [.. IdxFiles.Images(20), 0], "at byte 336: the file goes on" },
        { TrainImages, [0, 0, 8, 3, 0x7F, 255, 255, 255, 0, 0, 0, 4, 0, 0, 0, 4], "at byte 4: the image count is 2147483647" },
        { TrainImages, [0, 0, 8, 3, 0, 0x90, 0, 0, 0, 0, 4, 0, 0, 0, 4, 0], "the most that a set may hold" },
        { TrainImages, TempFolder.Gzip(IdxFiles.Images(20))[..100], "the file ends" },
        { TrainImages, [0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "damaged or cut off" },
        { TrainLabels, IdxFiles.Labels([.. new byte[19]]), "19 labels for the 20 images" },
        { TrainLabels, IdxFiles.Labels([.. new byte[19], 10]), "at byte 27: label 10 of image 19; labels are 0 to 9" },
        { TrainLabels, IdxFiles.Images(20), "these are images" },
        { TestImages, IdxFiles.Images(10, height: 5), "test images are 1x5x4, training images 1x4x4" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Load_DamagedFile_SaysWhatWhereAndWhatToDo(string name, byte[] content, string complaint)
    {
        using TempFolder folder = new();
        IdxFiles.WriteSet(folder);
        string path = folder.Write(name, content);

        DataSetException thrown = Assert.Throws<DataSetException>(() => Load(folder));

        Assert.StartsWith(path, thrown.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, thrown.Message, StringComparison.Ordinal);
        Assert.Contains("fetch 'mnist' again", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AnyBytesChanged_LoadsOrComplainsButNeverFailsOtherwise()
    {
        using TempFolder folder = new();
        IdxFiles.WriteSet(folder);
        byte[] good = TempFolder.Gzip(IdxFiles.Images(20));
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, good.Length]).Sample((at, value, length) =>
        {
            byte[] bad = [.. good];
            bad[at] = value;
            folder.Write(TrainImages, bad[..length]);
            try
            {
                Load(folder).Dispose();
            }
            catch (DataSetException complaint)
            {
                Assert.Contains(folder.Path, complaint.Message, StringComparison.Ordinal);
            }
        }, iter: 300, threads: 1);
    }

    [Fact]
    public void Load_PathWithoutTheSet_NamesWhatIsExpected()
    {
        using TempFolder folder = new();

        DataSetException thrown = Assert.Throws<DataSetException>(() => Load(folder));

        Assert.Contains($"does not hold mnist. Expected there: {TrainImages}", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_PathThatIsNot_SaysSo()
    {
        DataSetException thrown = Assert.Throws<DataSetException>(() => DataCatalog.Load(
            new DataOptions { Set = "mnist", Path = "/no/such/folder" }, SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("there is no such file or folder", thrown.Message, StringComparison.Ordinal);
    }

    private static ImageData Load(TempFolder folder, string set = "mnist") => DataCatalog.Load(
        new DataOptions { Set = set, Path = folder.Path }, SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken);
}
