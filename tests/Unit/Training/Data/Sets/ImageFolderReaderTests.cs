using SkiaSharp;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Sets;

public sealed class ImageFolderReaderTests : IDisposable
{
    private static readonly SKColor Red = new(200, 10, 20);
    private static readonly SKColor Blue = new(10, 20, 200);
    private static readonly SKColor Grey = new(90, 90, 90);

    private readonly TempFolder _folder = new();

    [Fact]
    public void Load_TrainAndTestFolders_DecodesEveryImageUnderItsClass()
    {
        Write("train/red/1.png", Red);
        Write("train/red/2.jpg", Red, SKEncodedImageFormat.Jpeg);
        Write("train/blue/1.PNG", Blue);
        Write("test/blue/1.png", Blue);
        _folder.Write("train/red/notes.txt", [1]);

        using ImageData data = Load(size: 16);

        Assert.Equal(["blue", "red"], data.Classes);
        Assert.Equal(new ImageShape(3, 16, 16), data.Shape);
        Assert.Equal([0, 1, 1], data.TrainTargets);
        Assert.Equal(1, data.TestCount);
        byte[] blue = data.TrainImages[0].bytes.ToArray();
        Assert.Equal([10, 20, 200], [blue[0], blue[256], blue[512]]);
    }

    [Fact]
    public void Load_OneRoot_SetsAFifthOfEachClassAsideBySeed()
    {
        for (int i = 0; i < 10; i++)
        {
            Write($"a/{i}.png", new SKColor((byte)(10 * i), 0, 0));
            Write($"b/{i}.png", new SKColor(0, (byte)(10 * i), 0));
        }

        using ImageData first = Load(size: 8, seed: 1);
        using ImageData again = Load(size: 8, seed: 1);
        using ImageData other = Load(size: 8, seed: 2);

        Assert.Equal((16, 4), (first.TrainCount, first.TestCount));
        Assert.Equal(8, first.TrainTargets.Count(label => label == 0));
        Assert.Equal(first.ContentHash, again.ContentHash);
        Assert.NotEqual(first.ContentHash, other.ContentHash);
    }

    [Fact]
    public void Load_OnlyGreyImages_HasOneChannel()
    {
        Write("train/a/1.png", Grey);
        Write("train/b/1.png", Grey);
        Write("val/a/1.png", Grey);

        using ImageData data = Load(size: null);

        Assert.Equal(new ImageShape(1, 32, 32), data.Shape);
        Assert.All(data.TrainImages.bytes.ToArray(), value => Assert.Equal(90, value));
    }

    [Fact]
    public void Load_OtherSize_ResizesToTheSquare()
    {
        Write("train/a/1.png", Red, width: 64, height: 20);
        Write("train/b/1.png", Blue, width: 5, height: 90);
        Write("test/a/1.png", Red);

        using ImageData data = Load(size: 24);

        Assert.Equal(new ImageShape(3, 24, 24), data.Shape);
        Assert.All(data.TrainImages[0, 0].bytes.ToArray(), value => Assert.InRange(value, 199, 201));
    }

    [Fact]
    public void Load_DamagedImages_NamesTheFile()
    {
        Write("train/a/1.png", Red);
        Write("train/b/1.png", Blue);
        Write("test/a/1.png", Red);
        byte[] good = File.ReadAllBytes(Path.Combine(_folder.Path, "train/a/1.png"));

        Assert.Contains("bad.png: not a readable", Complaint("train/b/bad.png", [1, 2, 3]), StringComparison.Ordinal);
        Assert.Contains("bad.png: ", Complaint("train/b/bad.png", good[..(good.Length / 2)]), StringComparison.Ordinal);
        Assert.Contains("bad.png: ", Complaint("train/b/bad.png", []), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_SeveralDamagedImages_NamesThemAllOrLeavesThemOutAsAsked()
    {
        Write("train/a/1.png", Red);
        Write("train/b/2.png", Blue);
        Write("test/a/1.png", Red);
        File.WriteAllBytes(Path.Combine(_folder.Path, "train/b/1.png"), [1, 2, 3]);
        File.WriteAllBytes(Path.Combine(_folder.Path, "train/b/3.png"), []);

        string complaint = Complaint();
        using ImageData data = DataCatalog.Load(Options() with { SkipDamaged = true }, SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains("2 of 4 files cannot be used (data.damaged_files: skip leaves such files out).", complaint, StringComparison.Ordinal);
        Assert.Matches("1.png: not a readable.*3.png: ", complaint);
        Assert.Equal((2, 2, 1), (data.Skipped, data.TrainTargets.Length, data.TestCount));
        Assert.Equal([0, 1], data.TrainTargets);
        Assert.Contains("without 2 damaged files", data.Origin, StringComparison.Ordinal);
        Assert.True(data.TrainImages[1, 2].bytes.ToArray().All(blue => blue > 100), "the image after a damaged one stands in its place");
    }

    [Fact]
    public void Load_NothingButDamagedImages_IsRefusedAlsoWhereTheyAreSkipped()
    {
        foreach (string file in new[] { "train/a/1.png", "train/b/1.png", "test/a/1.png" })
        {
            string path = Path.Combine(_folder.Path, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!); // it has one
            File.WriteAllBytes(path, [7]);
        }

        Assert.Contains(
            "2 of 2 files cannot be used",
            Assert.Throws<DataSetException>(() => DataCatalog.Load(Options() with { SkipDamaged = true }, SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FoldersThatMakeNoSet_SaysWhatIsMissing()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "train/a"));
        Assert.Contains("but none of test, val", Complaint(), StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(_folder.Path, "test/c"));
        Assert.Contains("1 class folders; a classifier needs at least 2", Complaint(), StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(_folder.Path, "train/b"));
        Assert.Contains("classes c are not in", Complaint(), StringComparison.Ordinal);

        Directory.Delete(Path.Combine(_folder.Path, "test/c"));
        Assert.Contains("no .png, .jpg, .jpeg files", Complaint(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(513)]
    public void Load_SizeOutOfRange_Throws(int size) =>
        Assert.Contains("image size is", Assert.Throws<DataSetException>(() => Load(size)).Message, StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private DataOptions Options() => new() { Set = "image-folder", Path = _folder.Path, ImageSize = 16 };

    private string Complaint(string? name = null, byte[]? content = null)
    {
        if (name is not null && content is not null)
        {
            _folder.Write(name, content);
        }

        return Assert.Throws<DataSetException>(() => Load(size: 16)).Message;
    }

    private ImageData Load(int? size, long seed = 0) => DataCatalog.Load(
        Options() with { ImageSize = size, Seed = seed },
        SharedData.Nowhere,
        cancellationToken: TestContext.Current.CancellationToken);

    private void Write(string name, SKColor colour, SKEncodedImageFormat format = SKEncodedImageFormat.Png, int width = 16, int height = 16)
    {
        using SKBitmap bitmap = new(width, height);
        bitmap.Erase(colour);
        using SKData encoded = bitmap.Encode(format, 100);
        _folder.Write(name, encoded.ToArray());
    }
}
