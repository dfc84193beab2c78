using static TorchSharp.torch;

namespace Sweeper.Training.Models.Layers;

/// <summary>A convolution without bias and the batch norm after it, the brick of every residual net here.</summary>
internal sealed class ConvolutionNorm : nn.Module<Tensor, Tensor>
{
    private readonly Convolution _convolution;
    private readonly BatchNorm _norm;

    /// <summary>Draws the layer's weights.</summary>
    /// <param name="plan">Where parameters and settings come from.</param>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="kernel">Side of the kernel, pixels.</param>
    /// <param name="stride">Pixels from one output to the next.</param>
    /// <param name="padding">Zeros added on each side, pixels.</param>
    public ConvolutionNorm(ModelBlueprint plan, int inputs, int outputs, int kernel = 3, int stride = 1, int padding = 1)
        : base(nameof(ConvolutionNorm))
    {
        _convolution = new Convolution(plan.Weights, inputs, outputs, kernel, stride, padding);
        _norm = plan.Norm(outputs);
        register_module("conv", _convolution);
        register_module("norm", _norm);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using Tensor convolved = _convolution.call(input);
        return _norm.call(convolved);
    }

    /// <summary>The layer, then ReLU.</summary>
    public Tensor Relu(Tensor input)
    {
        using Tensor convolved = _convolution.call(input);
        return _norm.Relu(convolved);
    }

    /// <summary>The layer and a shortcut, added, then ReLU.</summary>
    public Tensor ReluOfSum(Tensor input, Tensor shortcut)
    {
        using Tensor convolved = _convolution.call(input);
        return _norm.ReluOfSum(convolved, shortcut);
    }

    /// <summary>The layer, then ReLU, then 2x2 max pooling.</summary>
    public Tensor ReluPooled(Tensor input)
    {
        using Tensor convolved = _convolution.call(input);
        return _norm.ReluPooled(convolved);
    }
}
