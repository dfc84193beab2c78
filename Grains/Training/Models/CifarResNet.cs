using Sweeper.Training.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// The residual nets of depth 6n + 2 for CIFAR (He et al., arXiv:1512.03385, section 4.2): a 3x3 convolution, three stages
/// of n blocks with 16, 32 and 64 channels, global average pooling, one dense layer. With 3x32x32 images, 10 classes and
/// He's shortcuts: 269,722 parameters at depth 20, 853,018 at 56, 1,727,962 at 110.
/// </summary>
internal sealed class CifarResNet : ImageModel
{
    /// <summary>Smallest height and width: below, the last stage would see hardly a pixel.</summary>
    public const int SmallestSide = 8;

    private static readonly int[] Widths = [16, 32, 64];

    private readonly ConvolutionNorm _stem;
    private readonly List<ResidualBlock> _blocks = [];
    private readonly Dense _classifier;

    /// <summary>Draws the network.</summary>
    /// <param name="plan">Shapes, settings and source of weights.</param>
    /// <param name="depth">Layers with weights, 6n + 2.</param>
    /// <param name="variant">Whose shortcuts.</param>
    public CifarResNet(ModelBlueprint plan, int depth, ResidualVariant variant)
        : base($"ResNet{depth}", plan.Input, plan.Classes)
    {
        _stem = new ConvolutionNorm(plan, plan.Input.Channels, Widths[0]);
        register_module("stem", _stem);
        int blocksPerStage = (depth - 2) / 6;
        int inputs = Widths[0];
        for (int stage = 0; stage < Widths.Length; stage++)
        {
            for (int block = 0; block < blocksPerStage; block++)
            {
                ResidualBlock next = new(plan, variant, inputs, Widths[stage], stride: stage > 0 && block == 0 ? 2 : 1);
                register_module($"stage{stage + 1}_block{block + 1}", next);
                _blocks.Add(next);
                inputs = Widths[stage];
            }
        }

        _classifier = plan.Classifier(inputs);
        register_module("classifier", _classifier);
    }

    private protected override Tensor Logits(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _stem.Relu(images);
        foreach (ResidualBlock block in _blocks)
        {
            x = block.call(x);
        }

        return _classifier.call(x.mean([2L, 3L])).MoveToOuterDisposeScope();
    }
}
