using Sweeper.Training.Data;
using Sweeper.Training.Models;

namespace Sweeper.Tests.Unit.Training.Data;

/// <summary>Small data sets made by hand.</summary>
internal static class TestData
{
    /// <summary>Images of noise, image i labelled i: a batch's labels say which images it holds.</summary>
    public static ImageData Numbered(int count) => From(count, 1, i => i);

    /// <summary>Images of noise in ten classes by turns.</summary>
    public static ImageData Random(int count, int channels = 1) => From(count, channels, i => i % 10);

    /// <summary>A set of given pixels, the same for training and test.</summary>
    public static ImageData Of(ImageShape shape, byte[] pixels, int[] labels, PixelScaling scaling = PixelScaling.Standard) => ImageData.From(
        "made",
        new RawImages(
            shape,
            [.. Enumerable.Range(0, labels.Max() + 1).Select(i => $"c{i}")],
            new RawPart(pixels, labels),
            new RawPart(pixels, labels),
            "made by a test"),
        scaling);

    private static ImageData From(int count, int channels, Func<int, int> label)
    {
        byte[] pixels = new byte[count * channels * 28 * 28];
        new Random(4).NextBytes(pixels);
        return Of(new ImageShape(channels, 28, 28), pixels, [.. Enumerable.Range(0, count).Select(label)]);
    }
}
