using System.Numerics;
using Sweeper.Training.Running;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models.Norms;

/// <summary>
/// Batch norm and what follows it (a sum, ReLU, 2x2 max pooling) as one operation on the CPU, for images stored pixel by pixel: these
/// passes over memory are what a small residual net waits for, its convolutions apart.
/// </summary>
/// <param name="mean">Running means, one for each channel; held by the caller, as the next are.</param>
/// <param name="variance">Running variances.</param>
/// <param name="momentum">Share of a new batch in them, in (0, 1].</param>
internal sealed unsafe class NormRelu(Tensor mean, Tensor variance, double momentum)
{
    private NormGradient? _spare;

    /// <summary>Whether images can be taken: float32 on the CPU, stored pixel by pixel, channels in whole vectors.</summary>
    public static bool Takes(Tensor images)
    {
        if (images.device_type != DeviceType.CPU || images.dtype != ScalarType.Float32 || images.dim() != 4 || !Vector.IsHardwareAccelerated)
        {
            return false;
        }

        return images.size(1) % Vector<float>.Count == 0 && images.numel() <= int.MaxValue && ImageGrid.Of(images).IsOrderOf(images.Raw());
    }

    /// <summary>The output by the batch's own statistics, which the running ones follow.</summary>
    /// <param name="images"><c>[N, C, H, W]</c>; not changed in place before the way back.</param>
    /// <param name="weight">One for each channel.</param>
    /// <param name="bias">One for each channel.</param>
    /// <param name="shortcut">What is added before the ReLU, stored as the images are; null: nothing. Not changed in place either.</param>
    /// <param name="pools">Whether 2x2 max pooling follows; not with a shortcut.</param>
    public Tensor Train(Tensor images, Tensor weight, Tensor bias, Tensor? shortcut, bool pools)
    {
        var grid = ImageGrid.Of(images);
        NormGradient gradient = Interlocked.Exchange(ref _spare, null) ?? new NormGradient(grid.Channels, GiveBack);
        gradient.Keep(images, weight, shortcut, grid, pools);
        gradient.Statistics.Take(images.Raw().Values, grid.Pixels, TorchRuntime.Threads);
        gradient.Statistics.Lead(mean.Span(), variance.Span(), momentum, grid.Pixels);
        Span<float> weights = weight.Span();
        Span<float> biases = bias.Span();
        for (int channel = 0; channel < grid.Channels; channel++)
        {
            gradient.Norm.Set(channel, gradient.Statistics.Mean[channel], gradient.Statistics.Variance[channel], weights[channel], biases[channel]);
        }

        RawTensor output = Output(images.Raw(), shortcut.Raw(), grid, pools, gradient.Norm);
        ReadOnlySpan<Tensor> inputs = shortcut is null ? [images, weight, bias] : [images, weight, bias, shortcut];
        return GradientNode.Attach(output, inputs, gradient);
    }

    /// <summary>The output by running statistics; nothing can be learned through it.</summary>
    /// <inheritdoc cref="Train"/>
    public Tensor Evaluate(Tensor images, Tensor weight, Tensor bias, Tensor? shortcut, bool pools)
    {
        var grid = ImageGrid.Of(images);
        var norm = new ChannelScale(grid.Channels);
        for (int channel = 0; channel < grid.Channels; channel++)
        {
            norm.Set(channel, mean.Span()[channel], variance.Span()[channel], weight.Span()[channel], bias.Span()[channel]);
        }

        return Output(images.Raw(), shortcut.Raw(), grid, pools, norm).ToTensor();
    }

    private static RawTensor Output(RawTensor images, RawTensor shortcut, ImageGrid grid, bool pools, ChannelScale norm)
    {
        if (!pools)
        {
            RawTensor same = images.EmptyLike();
            ReluRows.Forward(images.Values, shortcut.Values, same.Values, grid.Pixels, norm, TorchRuntime.Threads);
            return same;
        }

        (long channels, long height, long width) = (grid.Channels, grid.Height / 2, grid.Width / 2);
        Tensor halved = empty_strided([grid.Count, channels, height, width], [channels * height * width, 1, width * channels, channels]);
        var output = new RawTensor(halved.DecoupleFromNativeHandle());
        ReluPool.Forward(images.Values, output.Values, grid, norm, TorchRuntime.Threads);
        return output;
    }

    private void GiveBack(NormGradient gradient) => Volatile.Write(ref _spare, gradient);
}
