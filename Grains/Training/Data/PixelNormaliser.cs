using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>Turns 8-bit images into floats: less a mean and over a deviation of each channel. A table's features are left as they are.</summary>
internal sealed class PixelNormaliser : IDisposable
{
    private readonly bool _isReady;
    private readonly Tensor _scale;
    private readonly Tensor _shift;

    /// <summary>Prepares the constants for some data, on their device.</summary>
    public PixelNormaliser(ImageData data)
        : this(data.Normalisation, data.Device) => _isReady = data.Shape.IsRow;

    /// <summary>Prepares the constants on the images' device.</summary>
    public PixelNormaliser(ChannelStatistics statistics, Device device)
    {
        // (v / 255 - mean) / deviation = v * scale + shift: one multiply-add a pixel.
        float[] scale = [.. statistics.StandardDeviation.Select(deviation => (float)(1 / (255 * deviation)))];
        float[] shift = [.. statistics.Mean.Zip(statistics.StandardDeviation, (mean, deviation) => (float)(-mean / deviation))];
        _scale = tensor(scale, [1, scale.Length, 1, 1], device: device).DetachFromDisposeScope();
        _shift = tensor(shift, [1, shift.Length, 1, 1], device: device).DetachFromDisposeScope();
    }

    /// <summary>
    /// Float32 images from uint8 images <c>[N, C, H, W]</c>; the result is in the caller's dispose scope. Rows of a table are
    /// returned as they came, not to be changed in place.
    /// </summary>
    public Tensor Apply(Tensor pixels) => _isReady ? pixels : pixels.to(ScalarType.Float32).mul_(_scale).Increase(_shift);

    /// <inheritdoc/>
    public void Dispose()
    {
        _scale.Dispose();
        _shift.Dispose();
    }
}
