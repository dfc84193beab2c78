using Sweeper.Training.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// The wide residual net of depth 32 that Smith trains in arXiv:1803.09820, after the authors' file wide32cifar.prototxt
/// (github.com/lnsmith54/hyperParam1): three stages of five blocks with 16, 64 and 256 channels, that is four times wider
/// from stage to stage, not four times He's widths; no ReLU after a sum. Biases before a batch norm, which Caffe adds and
/// the norm takes away, are left out. 5,899,930 parameters at 3x32x32 and 10 classes.
/// </summary>
internal sealed class WideResNet : ImageModel
{
    /// <summary>Smallest height and width, as for <see cref="CifarResNet"/>.</summary>
    public const int SmallestSide = 8;

    private const int BlocksPerStage = 5;
    private static readonly int[] Widths = [16, 64, 256];

    private readonly ConvolutionNorm _stem;
    private readonly List<WideBlock> _blocks = [];
    private readonly Dense _classifier;

    /// <summary>Draws the network.</summary>
    public WideResNet(ModelBlueprint plan)
        : base(nameof(WideResNet), plan.Input, plan.Classes)
    {
        _stem = new ConvolutionNorm(plan, plan.Input.Channels, Widths[0]);
        register_module("stem", _stem);
        int inputs = Widths[0];
        for (int stage = 0; stage < Widths.Length; stage++)
        {
            for (int block = 0; block < BlocksPerStage; block++)
            {
                WideBlock next = new(plan, inputs, Widths[stage]);
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
        foreach (WideBlock block in _blocks)
        {
            x = block.call(x);
        }

        return _classifier.call(x.mean([2L, 3L])).MoveToOuterDisposeScope();
    }
}
