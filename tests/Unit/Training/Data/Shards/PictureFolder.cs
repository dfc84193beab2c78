using SkiaSharp;
using Sweeper.Training.Data;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Shards;

/// <summary>A folder of small pictures of noise, each unlike the others, and a cache beside it.</summary>
internal sealed class PictureFolder : IDisposable
{
    public const int Side = 8;

    /// <summary>Four pictures a shard.</summary>
    private const int ShardBytes = 4 * 3 * Side * Side;

    private readonly TempFolder _folder = new();
    private readonly Random _random = new(7);

    public string Pictures => Path.Combine(_folder.Path, "pictures");

    public string Cache => Path.Combine(_folder.Path, "home", "shards");

    public DataLocations Locations => new() { Roots = [], DownloadRoot = Path.Combine(_folder.Path, "home"), AllowDownload = false };

    public DataOptions Options => new() { Set = "image-folder", Path = Pictures, ImageSize = Side };

    /// <summary>Folders of shards that are whole, and those that are not.</summary>
    public string[] Made => Directory.Exists(Cache) ? [.. Directory.GetDirectories(Cache).Order(StringComparer.Ordinal)] : [];

    /// <summary>Pictures of three classes with a test part.</summary>
    public static PictureFolder WithTestPart(bool grey = false)
    {
        PictureFolder made = new();
        for (int i = 0; i < 45; i++)
        {
            made.Add($"train/{"abc"[i / 15]}/{i:00}.png", grey);
        }

        for (int i = 0; i < 14; i++)
        {
            made.Add($"test/{"abc"[i / 6]}/{i:00}.png", grey);
        }

        return made;
    }

    /// <summary>Pictures of two classes without a test part.</summary>
    public static PictureFolder Whole()
    {
        PictureFolder made = new();
        for (int i = 0; i < 40; i++)
        {
            made.Add($"{"ab"[i / 20]}/{i:00}.png", grey: false);
        }

        return made;
    }

    public string Add(string name, bool grey)
    {
        using SKBitmap bitmap = new(Side, Side);
        for (int i = 0; i < Side * Side; i++)
        {
            byte value = (byte)_random.Next(256);
            bitmap.SetPixel(i % Side, i / Side, grey ? new SKColor(value, value, value) : new SKColor(value, (byte)_random.Next(256), (byte)_random.Next(256)));
        }

        using SKData encoded = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return _folder.Write(Path.Combine("pictures", name), encoded.ToArray());
    }

    public ImageData InMemory(DataOptions? options = null) =>
        DataCatalog.Load(options ?? Options, Locations, cancellationToken: TestContext.Current.CancellationToken);

    public ImageData Streamed(DataOptions? options = null, IProgress<DataProgress>? progress = null, CancellationToken? stop = null) =>
        DataCatalog.Load((options ?? Options) with { Streaming = true, ShardBytes = ShardBytes }, Locations, progress, stop ?? TestContext.Current.CancellationToken);

    public void Dispose() => _folder.Dispose();
}
