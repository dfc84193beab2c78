using Sweeper.Training.Running;
using static TorchSharp.torch;

namespace Sweeper.Training.Models.Norms;

/// <summary>What the way back through a <see cref="NormRelu"/> needs, and the way back: gradients of images, weight, bias and shortcut. Used again.</summary>
/// <param name="channels">How many channels.</param>
/// <param name="giveBack">Takes it when it is not needed any longer.</param>
internal sealed unsafe class NormGradient(int channels, Action<NormGradient> giveBack) : IGradient
{
    private RawTensor _images;
    private RawTensor _shortcut;
    private RawTensor _weight;
    private ImageGrid _grid;
    private bool _pools;

    /// <summary>Statistics of the batch.</summary>
    public NormStatistics Statistics { get; } = new(channels);

    /// <summary>Scale and shift by them.</summary>
    public ChannelScale Norm { get; } = new(channels);

    /// <summary>Keeps what the output is computed from.</summary>
    public void Keep(Tensor images, Tensor weight, Tensor? shortcut, ImageGrid grid, bool pools)
    {
        _images = images.Raw().Detached();
        _weight = weight.Raw().Detached();
        _shortcut = shortcut is null ? default : shortcut.Raw().Detached();
        (_grid, _pools) = (grid, pools);
    }

    /// <inheritdoc/>
    public void Backward(RawTensor output, Span<RawTensor> inputs)
    {
        ImageGrid stored = _pools ? new ImageGrid(_grid.Count, _grid.Height / 2, _grid.Width / 2, _grid.Channels) : _grid;
        using Tensor? ordered = stored.IsOrderOf(output) ? null : PixelByPixel(output);
        RawTensor result = inputs[0] = _images.EmptyLike();
        RawTensor weight = inputs[1] = _weight.EmptyLike();
        RawTensor bias = inputs[2] = _weight.EmptyLike();
        RawTensor atSum = inputs[3] = _shortcut.IsNone ? default : _images.EmptyLike();
        int threads = TorchRuntime.Threads;
        float* x = _images.Values;
        float* g = (ordered is null ? output : ordered.Raw()).Values;
        using ChannelSums sums = _pools
            ? ReluPool.Sum(x, g, _grid, Norm, threads)
            : ReluRows.Sum(x, _shortcut.Values, g, atSum.Values, _grid.Pixels, Norm, threads);
        Norm.SetBack(Statistics, sums, _grid.Pixels, new Span<float>(weight.Values, channels), new Span<float>(bias.Values, channels));
        if (_pools)
        {
            ReluPool.Backward(x, g, result.Values, _grid, Norm, threads);
        }
        else
        {
            ReluRows.Backward(x, atSum.IsNone ? g : atSum.Values, !atSum.IsNone, result.Values, _grid.Pixels, Norm, threads);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _images.Dispose();
        _weight.Dispose();
        _shortcut.Dispose();
        (_images, _weight, _shortcut) = (default, default, default);
        giveBack(this);
    }

    /// <summary>The same values, stored pixel by pixel.</summary>
    private static Tensor PixelByPixel(RawTensor values)
    {
        using Tensor given = values.Detached().ToTensor();
        using Tensor pixels = given.permute(0, 2, 3, 1);
        using Tensor whole = pixels.contiguous();
        return whole.permute(0, 3, 1, 2);
    }
}
