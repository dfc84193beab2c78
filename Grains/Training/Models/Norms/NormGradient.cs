using Sweeper.Training.Running;
using static TorchSharp.torch;

namespace Sweeper.Training.Models.Norms;

/// <summary>What the way back through a <see cref="NormRelu"/> needs, and the way back: gradients of images, weight, bias and shortcut. Used again.</summary>
/// <param name="channels">How many channels.</param>
/// <param name="giveBack">Takes it when it is not needed any longer.</param>
internal sealed unsafe class NormGradient(int channels, Action<NormGradient> giveBack) : IGradient
{
    private Tensor? _images;
    private Tensor? _shortcut;
    private ImageGrid _grid;
    private bool _pools;

    /// <summary>Statistics of the batch.</summary>
    public NormStatistics Statistics { get; } = new(channels);

    /// <summary>Scale and shift by them.</summary>
    public ChannelScale Norm { get; } = new(channels);

    /// <summary>Keeps what the output is computed from.</summary>
    public void Keep(Tensor images, Tensor? shortcut, ImageGrid grid, bool pools)
    {
        _images = images.detach().DetachFromDisposeScope();
        _shortcut = shortcut?.detach().DetachFromDisposeScope();
        (_grid, _pools) = (grid, pools);
    }

    /// <inheritdoc/>
    public void Backward(Tensor output, Span<Tensor?> inputs)
    {
        Tensor images = _images!; // kept until it is given back
        using Tensor? stored = NormRelu.Takes(output) ? null : PixelByPixel(output);
        Tensor result = empty_like(images);
        Tensor? atSum = _shortcut is null ? null : empty_like(images);
        Tensor weight = empty(channels);
        Tensor bias = empty(channels);
        int threads = TorchRuntime.Threads;
        float* x = images.Values();
        float* g = (stored ?? output).Values();
        using ChannelSums sums = _pools
            ? ReluPool.Sum(x, g, _grid, Norm, threads)
            : ReluRows.Sum(x, _shortcut.Values(), g, atSum.Values(), _grid.Pixels, Norm, threads);
        Norm.SetBack(Statistics, sums, _grid.Pixels, weight.Span(), bias.Span());
        if (_pools)
        {
            ReluPool.Backward(x, g, result.Values(), _grid, Norm, threads);
        }
        else
        {
            ReluRows.Backward(x, atSum is null ? g : atSum.Values(), atSum is not null, result.Values(), _grid.Pixels, Norm, threads);
        }

        (inputs[0], inputs[1], inputs[2], inputs[3]) = (result, weight, bias, atSum);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _images?.Dispose();
        _shortcut?.Dispose();
        giveBack(this);
    }

    /// <summary>The same values, stored pixel by pixel.</summary>
    private static Tensor PixelByPixel(Tensor values)
    {
        using Tensor pixels = values.permute(0, 2, 3, 1);
        using Tensor whole = pixels.contiguous();
        return whole.permute(0, 3, 1, 2);
    }
}
