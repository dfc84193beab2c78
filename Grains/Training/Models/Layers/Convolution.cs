using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Sweeper.Training.Models.Layers;

/// <summary>
/// A 2-D convolution with square kernel: <c>[N, in, H, W]</c> to <c>[N, out, H', W']</c>. Those of several members are one
/// grouped convolution, their channels one behind the other.
/// </summary>
internal sealed class Convolution : nn.Module<Tensor, Tensor>
{
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly int _members;
    private readonly long[] _stride;
    private readonly long[] _padding;

    /// <summary>Draws the layer's weights.</summary>
    /// <param name="weights">Where parameters come from.</param>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out.</param>
    /// <param name="kernel">Side of the kernel, pixels.</param>
    /// <param name="stride">Pixels from one output to the next.</param>
    /// <param name="padding">Zeros added on each side, pixels.</param>
    /// <param name="bias">Whether outputs have a bias; false before a batch norm, which would take it away again.</param>
    public Convolution(WeightSource weights, int inputs, int outputs, int kernel, int stride = 1, int padding = 0, bool bias = false)
        : base(nameof(Convolution))
    {
        _members = weights.Members;
        _stride = [stride, stride];
        _padding = [padding, padding];
        _weight = weights.Weight(outputs, inputs, kernel, kernel);
        register_parameter("weight", _weight);
        if (bias)
        {
            _bias = weights.Bias(outputs, (long)inputs * kernel * kernel);
            register_parameter("bias", _bias);
        }
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        if (_members == 1)
        {
            return nn.functional.conv2d(input, _weight, _bias, _stride, _padding);
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor weight = _weight.flatten(0, 1);
        return nn.functional.conv2d(input, weight, _bias?.flatten(), _stride, _padding, groups: _members).MoveToOuterDisposeScope();
    }
}
