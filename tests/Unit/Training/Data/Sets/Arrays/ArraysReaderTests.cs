using System.IO.Compression;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Sets.Arrays;

public sealed class ArraysReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Load_FourArrays_ReadsImagesLabelsAndClasses(CompressionLevel level)
    {
        string path = _folder.Write("data.npz", NpyFiles.Npz(
            level,
            ("x_train", NpyFiles.Images(3)),
            ("y_train", NpyFiles.Labels(7, -2, 7)),
            ("x_test", NpyFiles.Images(1)),
            ("y_test", NpyFiles.Labels(-2)),
            ("something_else", NpyFiles.Labels(1))));

        using ImageData data = Load(path);

        Assert.Equal(new ImageShape(1, 4, 4), data.Shape);
        Assert.Equal(["-2", "7"], data.Classes);
        Assert.Equal([1, 0, 1], data.TrainTargets);
        Assert.Equal(NpyFiles.Pixels(3), data.TrainImages.bytes.ToArray());
        Assert.Equal([0L], data.TestLabels.data<long>().ToArray());
        Assert.Equal(path, data.Origin);
    }

    [Fact]
    public void Load_FolderOfFiles_IsTheSameAsTheArchive()
    {
        (string, byte[])[] arrays = [("x_train", NpyFiles.Images(4)), ("y_train", NpyFiles.Alternating(4)), ("x_test", NpyFiles.Images(2)), ("y_test", NpyFiles.Alternating(2))];
        string path = _folder.Write("data.npz", NpyFiles.Npz(CompressionLevel.Fastest, arrays));
        foreach ((string name, byte[] npy) in arrays)
        {
            _folder.Write($"folder/{name}.npy", npy);
        }

        using ImageData archive = Load(path);
        using ImageData folder = Load(Path.Combine(_folder.Path, "folder"));

        Assert.Equal(archive.ContentHash, folder.ContentHash);
    }

    [Theory]
    [InlineData("x_train", "y_train")]
    [InlineData("x", "y")]
    public void Load_WithoutATestPart_SetsAFifthOfEachClassAsideBySeed(string x, string y)
    {
        string path = _folder.Write("data.npz", NpyFiles.Npz(CompressionLevel.Fastest, (x, NpyFiles.Images(20)), (y, NpyFiles.Alternating(20))));

        using ImageData first = Load(path, seed: 1);
        using ImageData again = Load(path, seed: 1);
        using ImageData other = Load(path, seed: 2);

        Assert.Equal((16, 4), (first.TrainCount, first.TestCount));
        Assert.Equal(8, first.TrainTargets.Count(label => label == 0));
        Assert.Equal(first.ContentHash, again.ContentHash);
        Assert.NotEqual(first.ContentHash, other.ContentHash);
    }

    [Fact]
    public void Load_ChannelsLastOrSecond_AreTheSameImages()
    {
        // One image of 2x2: red 1 2 3 4, green 11 12 13 14, blue 21 22 23 24.
        byte[] planes = [1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24];
        byte[] pixels = [1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24];
        string last = _folder.Write("last.npz", Colour("2, 2, 2, 3", pixels));
        string second = _folder.Write("second.npz", Colour("2, 3, 2, 2", planes));

        using ImageData fromLast = Load(last);
        using ImageData fromSecond = Load(second);

        Assert.Equal(new ImageShape(3, 2, 2), fromLast.Shape);
        Assert.Equal([.. planes, .. planes], fromLast.TrainImages.bytes.ToArray());
        Assert.Equal(fromLast.ContentHash, fromSecond.ContentHash);
    }

    [Theory]
    [InlineData("|i1", 1)]
    [InlineData("|u1", 1)]
    [InlineData("<i2", 2)]
    [InlineData("<u2", 2)]
    [InlineData("<i4", 4)]
    [InlineData("<u4", 4)]
    [InlineData("<i8", 8)]
    [InlineData("<u8", 8)]
    public void Load_LabelsOfAnyIntegerType_AreRead(string type, int bytes)
    {
        byte[] labels = [.. new long[] { 5, 3, 5, 100 }.SelectMany(label => BitConverter.GetBytes(label)[..bytes])];
        byte[] column = NpyFiles.Npy(type, "4, 1", labels, version: 2);
        string path = _folder.Write("data.npz", NpyFiles.Npz(
            CompressionLevel.Fastest, ("x_train", NpyFiles.Images(4)), ("y_train", column), ("x_test", NpyFiles.Images(4)), ("y_test", column)));

        using ImageData data = Load(path);

        Assert.Equal(["3", "5", "100"], data.Classes);
        Assert.Equal([1, 0, 1, 2], data.TrainTargets);
    }

    [Fact]
    public void Load_ArchivesThatNumpyWrote_AreRead()
    {
        // numpy 1.24: savez and savez_compressed of x = arange(40).reshape(10, 2, 2) as uint8, y = arange(10) % 2 as int64.
        string path = _folder.Write("numpy.npz", Convert.FromBase64String(WrittenByNumpy.Stored));
        string packed = _folder.Write("packed.npz", Convert.FromBase64String(WrittenByNumpy.Compressed));

        using ImageData stored = Load(path);
        using ImageData compressed = Load(packed);

        Assert.Equal((8, 2), (stored.TrainCount, stored.TestCount));
        Assert.All(Enumerable.Range(0, 8), i => Assert.Equal(stored.TrainImages[i].bytes[0] / 4 % 2, stored.TrainTargets[i]));
        Assert.Equal(stored.ContentHash, compressed.ContentHash);
    }

    [Fact]
    public void Load_FilesThatNumpyHereWrites_AreRead()
    {
        string? python = Numpy.Python;
        Assert.SkipUnless(python is not null, "no python3 with numpy is on this machine: install Debian's python3-numpy");
        string path = Path.Combine(_folder.Path, "here.npz");
        Numpy.Run(python, $"import numpy as n; x = n.arange(20 * 5 * 4 * 3).reshape(20, 5, 4, 3).astype('uint8'); y = n.arange(20) % 4; n.savez_compressed('{path}', x_train=x, y_train=y.astype('int16'), x_test=x[:4].copy(), y_test=y[:4].astype('uint64'))");

        using ImageData data = Load(path);

        Assert.Equal(new ImageShape(3, 5, 4), data.Shape);
        Assert.Equal((20, 4), (data.TrainCount, data.TestCount));
        Assert.Equal([0, 3, 6], data.TrainImages[0, 0].bytes.ToArray()[..3]);

        Numpy.Run(python, $"import numpy as n; n.savez('{path}', x=n.array([None, 1], dtype=object), y=n.arange(2))");
        Assert.Contains("it holds Python objects", Assert.Throws<DataSetException>(() => Load(path)).Message, StringComparison.Ordinal);
        Numpy.Run(python, $"import numpy as n; n.savez('{path}', x=n.asfortranarray(n.zeros((2, 3, 4), 'uint8')), y=n.arange(2))");
        Assert.Contains("numpy.ascontiguousarray(x)", Assert.Throws<DataSetException>(() => Load(path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Colour(string shape, byte[] image) => NpyFiles.Npz(
        CompressionLevel.Fastest,
        ("x_train", NpyFiles.Npy("|u1", shape, [.. image, .. image])),
        ("y_train", NpyFiles.Alternating(2)),
        ("x_test", NpyFiles.Npy("|u1", shape, [.. image, .. image])),
        ("y_test", NpyFiles.Alternating(2)));

    private static ImageData Load(string path, long seed = 0) => DataCatalog.Load(
        new DataOptions { Set = "arrays", Path = path, Seed = seed }, SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken);
}
