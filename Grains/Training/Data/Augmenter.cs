using Sweeper.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>
/// Flips, shifts and blanks whole batches at once. Crop and flip are one gather: every target pixel names its source
/// pixel, so that the padded images never exist.
/// </summary>
internal sealed class Augmenter : IDisposable
{
    private const int FlipRow = 0;
    private const int CropRow = 1;
    private const int CutoutRow = 3;
    private const int Rows = 5;

    private readonly Augmentation _options;
    private readonly ImageShape _shape;
    private readonly Tensor _row;
    private readonly Tensor _column;

    /// <summary>Prepares constants on <paramref name="device"/>; <paramref name="options"/> have been checked.</summary>
    public Augmenter(Augmentation options, ImageShape shape, Device device)
    {
        _options = options;
        _shape = shape;
        using DisposeScope scope = NewDisposeScope();
        _row = Places(shape.Height, device);
        _column = Places(shape.Width, device);
    }

    /// <summary>Changes, normalises and returns a batch.</summary>
    /// <param name="pixels">uint8 <c>[N, C, H, W]</c>, in a scope of the caller's.</param>
    /// <param name="normaliser">Makes floats of pixels; what cutout blanks is its 0, the mean.</param>
    /// <param name="generator">Source of the changes, on the CPU; untouched where there are none.</param>
    public Tensor Apply(Tensor pixels, PixelNormaliser normaliser, Generator generator)
    {
        if (!_options.Flip && _options.PadCrop == 0 && _options.Cutout == 0)
        {
            return normaliser.Apply(pixels);
        }

        // One draw for all changes, always of the same size: switching one change on leaves the others' numbers alone.
        Tensor draws = rand(Rows, pixels.shape[0], ScalarType.Float32, CPU, generator: generator).to(pixels.device);
        Tensor moved = _options.Flip || _options.PadCrop > 0 ? Move(pixels, draws) : pixels;
        Tensor images = normaliser.Apply(moved);
        return _options.Cutout > 0 ? images.mul_(Keep(draws)) : images;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _row.Dispose();
        _column.Dispose();
    }

    private Tensor Move(Tensor pixels, Tensor draws)
    {
        Tensor row = _row;
        Tensor column = _column;
        if (_options.PadCrop > 0)
        {
            using Scalar padding = _options.PadCrop.ToScalar();
            row = row.Plus(Whole(draws[CropRow], (2 * _options.PadCrop) + 1)).sub_(padding);
            column = column.Plus(Whole(draws[CropRow + 1], (2 * _options.PadCrop) + 1)).sub_(padding);
        }

        if (_options.Flip)
        {
            using Scalar half = 0.5.ToScalar();
            using Scalar last = (_shape.Width - 1).ToScalar();
            Tensor mirrored = draws[FlipRow].lt(half).unsqueeze(1);
            column = where(mirrored, column.neg().Increase(last), column);
        }

        // [N, H, 1] and [N, 1, W] broadcast to the source of every target pixel.
        using Scalar width = _shape.Width.ToScalar();
        Tensor source = Inside(row, _shape.Height).mul_(width).unsqueeze(2).Plus(Inside(column, _shape.Width).unsqueeze(1));
        long n = pixels.shape[0];
        source = source.expand(n, _shape.Height, _shape.Width).reshape(n, 1, -1).expand(n, _shape.Channels, -1);
        Tensor moved = pixels.view(n, _shape.Channels, -1).gather(2, source).view(pixels.shape);
        if (_options.PadCrop == 0 || _options.Padding == CropPadding.Reflect)
        {
            return moved;
        }

        Tensor real = Within(row, _shape.Height).unsqueeze(2).logical_and(Within(column, _shape.Width).unsqueeze(1));
        return moved.mul_(real.unsqueeze(1).to(ScalarType.Byte));
    }

    // 0 to side - 1, [1, side]. Not arange: it makes Scalars of its own that nobody holds.
    private static Tensor Places(int side, Device device)
    {
        long[] places = [.. Enumerable.Range(0, side)];
        return tensor(places, [1, side], ScalarType.Int64, device).DetachFromDisposeScope();
    }

    // Reflects places outside [0, side) back in; one reflection suffices, as the padding is below the side.
    private static Tensor Inside(Tensor place, int side)
    {
        using Scalar last = (side - 1).ToScalar();
        return place.abs().sub_(last).abs_().neg_().Increase(last);
    }

    private static Tensor Within(Tensor place, int side)
    {
        using Scalar first = 0.ToScalar();
        using Scalar end = side.ToScalar();
        return place.ge(first).logical_and(place.lt(end));
    }

    // Uniform whole numbers in [0, bound), [N, 1]. A float32 draw below 1 times a bound rounds to below the bound.
    private static Tensor Whole(Tensor draw, int bound)
    {
        using Scalar factor = bound.ToScalar();
        return draw.mul(factor).to(ScalarType.Int64).unsqueeze(1);
    }

    private Tensor Keep(Tensor draws)
    {
        int side = _options.Cutout;
        Tensor row = _row - Whole(draws[CutoutRow], _shape.Height - side + 1);
        Tensor column = _column - Whole(draws[CutoutRow + 1], _shape.Width - side + 1);
        Tensor blank = Within(row, side).unsqueeze(2).logical_and(Within(column, side).unsqueeze(1));
        return blank.logical_not().unsqueeze(1).to(ScalarType.Float32);
    }
}
