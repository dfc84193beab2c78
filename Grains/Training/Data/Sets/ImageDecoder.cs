using SkiaSharp;

namespace Sweeper.Training.Data.Sets;

/// <summary>Turns one PNG or JPEG file into the pixels of a square of given side.</summary>
internal static class ImageDecoder
{
    private static readonly SKSamplingOptions Sampling = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Decodes, resizes and separates an image into red, green and blue planes.</summary>
    /// <param name="path">File.</param>
    /// <param name="side">Height and width in pixels of the result.</param>
    /// <param name="planes">Receives 3 x side x side values.</param>
    /// <returns>Whether the three planes are equal.</returns>
    /// <exception cref="DataSetException">The file is no image, or damaged.</exception>
    public static bool Decode(string path, int side, Span<byte> planes)
    {
        using SKCodec codec = SKCodec.Create(path, out SKCodecResult opened) ?? throw Bad(path, opened);
        using SKBitmap decoded = new(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        SKCodecResult result = codec.GetPixels(decoded.Info, decoded.GetPixels());
        if (result != SKCodecResult.Success)
        {
            throw Bad(path, result);
        }

        using SKBitmap? resized = decoded.Width == side && decoded.Height == side
            ? null
            : decoded.Resize(new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Premul), Sampling)
                ?? throw new DataSetException($"{path}: cannot be resized from {decoded.Width}x{decoded.Height} to {side}x{side}. Remove or replace the file.");
        ReadOnlySpan<byte> rgba = (resized ?? decoded).GetPixelSpan();
        int area = side * side;
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
