using System.Globalization;
using SkiaSharp;
using Sweeper.Tests.Benchmarks.Running;

namespace Sweeper.Tests.Benchmarks.Streaming;

/// <summary>Memory and speed of a trial over a folder of images, held in memory and streamed from disk, each in a process of its own.</summary>
internal sealed class StreamingPart : IPart
{
    private const int Side = 64;
    private const int Classes = 10;
    private const int TestShare = 10;

    /// <inheritdoc />
    public string Name => "streaming";

    /// <inheritdoc />
    public string Words => "[IMAGES [ROUNDS]]  peak memory and images per second of an MLP's epoch over a folder, in memory and streamed; 50000 images of 64x64, 614 MB decoded, 3 rounds";

    /// <inheritdoc />
    public async Task<IReadOnlyList<Figure>> RunAsync(string[] arguments)
    {
        (int images, int rounds) = arguments switch
        {
            [] => (50_000, 3),
            [var first] => (Number(first), 3),
            [var first, var second] => (Number(first), Number(second)),
            _ => throw new UsageException("too many arguments"),
        };
        string root = Directory.CreateTempSubdirectory("sweeper-streaming-").FullName;
        try
        {
            string folder = Path.Combine(root, "pictures");
            Draw(folder, images);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {images} images, {images * 3.0 * Side * Side / 1e6:0} MB decoded"));
            List<StreamingReading> held = [];
            List<StreamingReading> streamed = [];
            StreamingReading first = await StreamingCase.MeasureAsync(folder, root, streaming: true); // decodes
            for (int round = 0; round < rounds; round++)
            {
                held.Add(await StreamingCase.MeasureAsync(folder, root, streaming: false));
                streamed.Add(await StreamingCase.MeasureAsync(folder, root, streaming: true));
            }

            return
            [
                new Figure("in memory: peak memory", "MB", Better.Lower, [.. held.Select(one => one.PeakMegabytes)]),
                new Figure("streamed: peak memory", "MB", Better.Lower, [.. streamed.Select(one => one.PeakMegabytes)]),
                Figure.Of("streamed, first time: peak memory", "MB", Better.Lower, first.PeakMegabytes),
                new Figure("before any data: memory", "MB", Better.Lower, [.. streamed.Concat(held).Select(one => one.EmptyMegabytes)]),
                new Figure("peak memory streamed over in memory", Figure.Ratio, Better.Lower, [.. streamed.Zip(held, (one, other) => one.PeakMegabytes / other.PeakMegabytes)]),
                new Figure("in memory: images per second", "1/s", Better.Higher, [.. held.Select(one => one.ImagesPerSecond)]),
                new Figure("streamed: images per second", "1/s", Better.Higher, [.. streamed.Select(one => one.ImagesPerSecond)]),
                new Figure("images per second streamed over in memory", Figure.Ratio, Better.Higher, [.. streamed.Zip(held, (one, other) => one.ImagesPerSecond / other.ImagesPerSecond)]),
                new Figure("in memory: time to load", "s", Better.Lower, [.. held.Select(one => one.LoadSeconds)]),
                new Figure("streamed: time to load", "s", Better.Lower, [.. streamed.Select(one => one.LoadSeconds)]),
                Figure.Of("streamed, first time: time to load", "s", Better.Lower, first.LoadSeconds),
            ];
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Draw(string folder, int images)
    {
        Parallel.For(0, images, i =>
        {
            string home = Path.Combine(folder, i % TestShare == 0 ? "test" : "train", string.Create(CultureInfo.InvariantCulture, $"class-{i / TestShare % Classes}"));
            Directory.CreateDirectory(home);
            byte[] pixels = new byte[4 * Side * Side];
            new Random(i).NextBytes(pixels);
            using SKBitmap bitmap = new(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque));
            pixels.CopyTo(bitmap.GetPixelSpan());
            using SKData encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, 80);
            File.WriteAllBytes(Path.Combine(home, string.Create(CultureInfo.InvariantCulture, $"{i:000000}.jpg")), encoded.ToArray());
        });
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
        ? number
        : throw new UsageException($"'{text}' is not a whole number of at least 1");
}
