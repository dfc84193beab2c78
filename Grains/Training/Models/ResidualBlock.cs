using Sweeper.Training.Models.Layers;
using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// Two 3x3 convolutions with batch norm, added to a shortcut, ReLU after the sum. Dropout, where asked for, follows each
/// batch norm before its ReLU or sum, as in the authors' Resnet56Dropout.prototxt.
/// </summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor>
{
    private readonly ResidualVariant _variant;
    private readonly int _members;
    private readonly int _stride;
    private readonly int _appended;
    private readonly ConvolutionNorm _first;
    private readonly ConvolutionNorm _second;
    private readonly MemberDropout _dropout;

    /// <summary>Draws the block.</summary>
    /// <param name="plan">Where parameters and settings come from.</param>
    /// <param name="variant">Whose shortcut.</param>
    /// <param name="inputs">Channels in.</param>
    /// <param name="outputs">Channels out; at least <paramref name="inputs"/>.</param>
    /// <param name="stride">1, or 2 to halve the image.</param>
    public ResidualBlock(ModelBlueprint plan, ResidualVariant variant, int inputs, int outputs, int stride)
        : base(nameof(ResidualBlock))
    {
        _variant = variant;
        _members = plan.Members;
        _stride = stride;
        _appended = outputs - inputs;
        int width = variant == ResidualVariant.Smith ? inputs : outputs;
        _first = new ConvolutionNorm(plan, inputs, width, stride: stride);
        _second = new ConvolutionNorm(plan, width, width);
        _dropout = plan.Dropout();
        register_module("first", _first);
        register_module("second", _second);
        register_module("dropout", _dropout);
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _dropout.IsIdentity ? _first.Relu(input) : _dropout.call(_first.call(input)).relu_();
        Tensor output = _stride == 1 && _appended == 0 ? Sum(x, input) : _variant switch
        {
            ResidualVariant.He => Sum(x, Append(EverySecond(input))),
            // Caffe's pooling of a side of 2k pixels gives k: the last window hangs over the edge and averages what it has.
            ResidualVariant.Smith => Append(Sum(x, nn.functional.avg_pool2d(input, 3, _stride, ceil_mode: true))),
            _ => throw new UnreachableException($"no shortcut for {_variant}"),
        };
        return output.MoveToOuterDisposeScope();
    }

    private Tensor Sum(Tensor x, Tensor shortcut) => _dropout.IsIdentity
        ? _second.ReluOfSum(x, shortcut)
        : _dropout.call(_second.call(x)).Increase(shortcut).relu_();

    private Tensor EverySecond(Tensor x) =>
        x.index([TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Slice(step: _stride), TensorIndex.Slice(step: _stride)]);

    // Zero channels behind the real ones, of every member.
    private Tensor Append(Tensor x)
    {
        long[] padding = [0, 0, 0, 0, 0, _appended];
        return _members == 1
            ? nn.functional.pad(x, padding)
            : nn.functional.pad(x.unflatten(1, [_members, -1]), padding).flatten(1, 2);
    }
}
