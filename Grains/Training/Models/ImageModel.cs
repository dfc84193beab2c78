using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// A network that turns images <c>[N, C, H, W]</c> (float32, normalised) into logits <c>[N, classes]</c>. Parameters and
/// buffers are its own: no dispose scope takes them, <see cref="IDisposable.Dispose"/> frees them.
/// </summary>
public abstract class ImageModel : nn.Module<Tensor, Tensor>
{
    /// <summary>Names the network and what it takes and gives.</summary>
    private protected ImageModel(string name, ImageShape input, int classes)
        : base(name)
    {
        Input = input;
        Classes = classes;
    }

    /// <summary>Shape of the images that it was built for.</summary>
    public ImageShape Input { get; }

    /// <summary>Number of classes, the width of the logits.</summary>
    public int Classes { get; }

    /// <summary>
    /// Networks of one kind that it computes side by side: images are then <c>[N, members x C, H, W]</c>, logits
    /// <c>[N, members x classes]</c>, those of a member next to each other. 1: it is a single network.
    /// </summary>
    internal int Members { get; set; } = 1;

    /// <summary>What it computes with.</summary>
    internal Precision Precision { get; set; }

    /// <summary>Trained values in all; running statistics of batch norm are not among them.</summary>
    public long ParameterCount => parameters().Sum(parameter => parameter.numel());

    /// <summary>Weights of convolutions and dense layers, in the order of the layers: weight decay is meant for them.</summary>
    public IReadOnlyList<Parameter> Weights => [.. parameters().Where(parameter => parameter.dim() > 1)];

    /// <summary>Biases and the scales and shifts of norms, in the order of the layers: the usual exceptions from weight decay.</summary>
    public IReadOnlyList<Parameter> BiasesAndNorms => [.. parameters().Where(parameter => parameter.dim() <= 1)];

    /// <summary>Logits <c>[N, classes]</c> of <paramref name="input"/>.</summary>
    /// <exception cref="ArgumentException">The images are not <c>[N, C, H, W]</c> of <see cref="Input"/>, or N is 0.</exception>
    public sealed override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        // Checked here, in managed code: what a wrong shape does further down is the native library's choice.
        long[] shape = input.shape;
        if (shape.Length != 4 || shape[0] < 1 || shape[1] != Members * Input.Channels || shape[2] != Input.Height || shape[3] != Input.Width)
        {
            throw new ArgumentException(
                $"{GetName()} takes images [N, {Members * Input.Channels}, {Input.Height}, {Input.Width}], not [{string.Join(", ", shape)}]",
                nameof(input));
        }

        if (Precision == Precision.Full)
        {
            return Logits(input.device.type == DeviceType.CPU && input.is_contiguous() ? ChannelsLast(input) : input);
        }

        // Tensor cores read images stored pixel by pixel as they are.
        using DisposeScope scope = NewDisposeScope();
        Tensor low = input.to(ScalarType.BFloat16);
        return Logits(low.is_contiguous() ? ChannelsLast(low) : low).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    // On a CPU, oneDNN's convolutions and poolings of images stored pixel by pixel take 0.6 to 0.8 of the time; the layout of
    // the first input decides for the whole net. Strides are set outright as torch cannot tell the layout of one channel.
    private static Tensor ChannelsLast(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        long[] shape = images.shape;
        (long channels, long height, long width) = (shape[1], shape[2], shape[3]);
        return images.permute(0, 2, 3, 1).contiguous()
            .as_strided(shape, [channels * height * width, 1, width * channels, channels])
            .MoveToOuterDisposeScope();
    }

    /// <summary>The network itself; <paramref name="images"/> have the right shape.</summary>
    private protected abstract Tensor Logits(Tensor images);
}
