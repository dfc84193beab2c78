using SkiaSharp;

namespace Sweeper.Training.Data.Sets;

/// <summary>Turns one PNG or JPEG file into the pixels of a square of given side.</summary>
internal static class ImageDecoder
{
    private static readonly SKSamplingOptions Sampling = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Most pixels of a file that came over the wire: a small file may say that it is a very large image.</summary>
    private const long MostPixels = 100_000_000;

    /// <summary>Decodes, resizes and separates an image into red, green and blue planes.</summary>
    /// <param name="path">File.</param>
    /// <param name="side">Height and width in pixels of the result.</param>
    /// <param name="planes">Receives 3 x side x side values.</param>
    /// <returns>Whether the three planes are equal.</returns>
    /// <exception cref="DataSetException">The file is no image, or damaged.</exception>
    public static bool Decode(string path, int side, Span<byte> planes)
    {
        using SKCodec codec = SKCodec.Create(path, out SKCodecResult opened) ?? throw Bad(path, opened);
        return Decode(path, codec, side, side, planes);
    }

    /// <summary>The same for a file that is in memory.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="content">The file.</param>
    /// <param name="height">Height in pixels of the result.</param>
    /// <param name="width">Width in pixels of the result.</param>
    /// <param name="planes">Receives 3 x height x width values.</param>
    /// <returns>Whether the three planes are equal.</returns>
    /// <exception cref="DataSetException">The file is no image, damaged or too large.</exception>
    public static bool Decode(string name, byte[] content, int height, int width, Span<byte> planes)
    {
        using MemoryStream stream = new(content, writable: false);
        using SKCodec codec = SKCodec.Create(stream, out SKCodecResult opened) ?? throw Bad(name, opened);
        return (long)codec.Info.Width * codec.Info.Height <= MostPixels
            ? Decode(name, codec, height, width, planes)
            : throw new DataSetException($"{name}: {codec.Info.Width}x{codec.Info.Height} pixels are past the limit of {MostPixels}. Give a smaller image.");
    }

    private static bool Decode(string name, SKCodec codec, int height, int width, Span<byte> planes)
    {
        using SKBitmap decoded = new(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        SKCodecResult result = codec.GetPixels(decoded.Info, decoded.GetPixels());
        if (result != SKCodecResult.Success)
        {
            throw Bad(name, result);
        }

        using SKBitmap? resized = decoded.Width == width && decoded.Height == height
            ? null
            : decoded.Resize(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul), Sampling)
                ?? throw new DataSetException($"{name}: cannot be resized from {decoded.Width}x{decoded.Height} to {width}x{height}. Remove or replace the file.");
        ReadOnlySpan<byte> rgba = (resized ?? decoded).GetPixelSpan();
        int area = height * width;
        bool grey = true;
        for (int i = 0; i < area; i++)
        {
            (byte red, byte green, byte blue) = (rgba[4 * i], rgba[(4 * i) + 1], rgba[(4 * i) + 2]);
            (planes[i], planes[area + i], planes[(2 * area) + i]) = (red, green, blue);
            grey &= red == green && green == blue;
        }

        return grey;
    }

    private static DataSetException Bad(string path, SKCodecResult result) =>
        new($"{path}: {(result == SKCodecResult.IncompleteInput ? "the image is cut off" : $"not a readable PNG or JPEG image ({result})")}. Remove or replace the file.");
}
