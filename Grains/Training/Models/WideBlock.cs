using Sweeper.Training.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// Two 3x3 convolutions with batch norm and a ReLU between, added to a shortcut and nothing after the sum. Where the image
/// is halved the shortcut is a 2x2 convolution of stride 2 with batch norm. Dropout, where asked for, follows the ReLU, as
/// in wide residual nets (Zagoruyko and Komodakis, arXiv:1605.07146).
/// </summary>
internal sealed class WideBlock : nn.Module<Tensor, Tensor>
{
    private readonly ConvolutionNorm _first;
    private readonly ConvolutionNorm _second;
    private readonly ConvolutionNorm? _projection;
    private readonly MemberDropout _dropout;

    /// <summary>Draws the block; a change of width comes with a halved image.</summary>
    public WideBlock(ModelBlueprint plan, int inputs, int outputs)
        : base(nameof(WideBlock))
    {
        bool halves = inputs != outputs;
        _first = new ConvolutionNorm(plan, inputs, outputs, stride: halves ? 2 : 1);
        _second = new ConvolutionNorm(plan, outputs, outputs);
        register_module("first", _first);
        register_module("second", _second);
        if (halves)
        {
            _projection = new ConvolutionNorm(plan, inputs, outputs, kernel: 2, stride: 2, padding: 0);
            register_module("projection", _projection);
        }

        _dropout = plan.Dropout();
        register_module("dropout", _dropout);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _second.call(_dropout.call(_first.Relu(input)));
        Tensor shortcut = _projection is { } projection ? projection.call(input) : input;
        return x.Increase(shortcut).MoveToOuterDisposeScope();
    }
}
