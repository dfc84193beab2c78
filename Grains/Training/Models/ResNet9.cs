using Sweeper.Training.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// Page's nine-layer residual net for DAWNBench (github.com/davidcpage/cifar10-fast, dawn.py): four stages of 64, 128,
/// 256 and 512 channels, residual pairs after the second and fourth, global max pooling, a dense layer without bias, and
/// logits scaled by 0.125. 6,573,120 parameters at 3x32x32 and 10 classes. Dropout, which Page does not use, acts before
/// the dense layer.
/// </summary>
internal sealed class ResNet9 : ImageModel
{
    /// <summary>Smallest height and width: three halvings must leave a pixel.</summary>
    public const int SmallestSide = 8;

    private const double OutputScale = 0.125;

    private readonly ConvolutionNorm _prepare;
    private readonly ConvolutionNorm _stage1;
    private readonly ConvolutionNorm[] _residual1;
    private readonly ConvolutionNorm _stage2;
    private readonly ConvolutionNorm _stage3;
    private readonly ConvolutionNorm[] _residual3;
    private readonly MemberDropout _dropout;
    private readonly Dense _classifier;

    /// <summary>Draws the network.</summary>
    public ResNet9(ModelBlueprint plan)
        : base(nameof(ResNet9), plan.Input, plan.Classes)
    {
        _prepare = new ConvolutionNorm(plan, plan.Input.Channels, 64);
        _stage1 = new ConvolutionNorm(plan, 64, 128);
        _residual1 = [new ConvolutionNorm(plan, 128, 128), new ConvolutionNorm(plan, 128, 128)];
        _stage2 = new ConvolutionNorm(plan, 128, 256);
        _stage3 = new ConvolutionNorm(plan, 256, 512);
        _residual3 = [new ConvolutionNorm(plan, 512, 512), new ConvolutionNorm(plan, 512, 512)];
        _dropout = plan.Dropout();
        _classifier = plan.Classifier(512, bias: false);
        register_module("prepare", _prepare);
        register_module("stage1", _stage1);
        register_module("residual1a", _residual1[0]);
        register_module("residual1b", _residual1[1]);
        register_module("stage2", _stage2);
        register_module("stage3", _stage3);
        register_module("residual3a", _residual3[0]);
        register_module("residual3b", _residual3[1]);
        register_module("dropout", _dropout);
        register_module("classifier", _classifier);
    }

    private protected override Tensor Logits(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _prepare.Relu(images);
        x = Residual(_stage1.ReluPooled(x), _residual1);
        x = _stage2.ReluPooled(x);
        x = Residual(_stage3.ReluPooled(x), _residual3);
        x = nn.functional.adaptive_max_pool2d(x, [1, 1]).flatten(1);
        using Scalar scale = OutputScale.ToScalar();
        return _classifier.call(_dropout.call(x)).mul_(scale).MoveToOuterDisposeScope();
    }

    private static Tensor Residual(Tensor x, ConvolutionNorm[] pair) => x.Plus(pair[1].Relu(pair[0].Relu(x)));
}
