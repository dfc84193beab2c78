using Sweeper.Training.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// The LeNet of Caffe's MNIST example, which Smith trains in arXiv:1803.09820: 5x5 convolutions of 20 and 50 channels,
/// each followed by 2x2 max pooling and no activation, then 500 dense units with ReLU. 431,080 parameters at 1x28x28
/// and 10 classes. Dropout, where asked for, acts on the 500 units.
/// </summary>
internal sealed class LeNet : ImageModel
{
    private const int FirstChannels = 20;
    private const int SecondChannels = 50;
    private const int HiddenUnits = 500;
    private const int Kernel = 5;

    private readonly Convolution _conv1;
    private readonly Convolution _conv2;
    private readonly Dense _hidden;
    private readonly MemberDropout _dropout;
    private readonly Dense _classifier;

    /// <summary>Draws the network.</summary>
    public LeNet(ModelBlueprint plan)
        : base(nameof(LeNet), plan.Input, plan.Classes)
    {
        _conv1 = new Convolution(plan.Weights, plan.Input.Channels, FirstChannels, Kernel, bias: true);
        _conv2 = new Convolution(plan.Weights, FirstChannels, SecondChannels, Kernel, bias: true);
        int features = SecondChannels * Reduced(plan.Input.Height) * Reduced(plan.Input.Width);
        _hidden = new Dense(plan.Weights, features, HiddenUnits);
        _dropout = plan.Dropout();
        _classifier = plan.Classifier(HiddenUnits);
        register_module("conv1", _conv1);
        register_module("conv2", _conv2);
        register_module("hidden", _hidden);
        register_module("dropout", _dropout);
        register_module("classifier", _classifier);
    }

    /// <summary>Smallest height and width: below, nothing is left after the second pooling.</summary>
    public const int SmallestSide = 16;

    private protected override Tensor Logits(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = nn.functional.max_pool2d(_conv1.call(images), 2);
        x = nn.functional.max_pool2d(_conv2.call(x), 2);
        x = nn.functional.relu(_hidden.call(x.flatten(1)));
        return _classifier.call(_dropout.call(x)).MoveToOuterDisposeScope();
    }

    // Two unpadded 5x5 convolutions, each halved by its pooling.
    private static int Reduced(int side) => ((((side - Kernel + 1) / 2) - Kernel) + 1) / 2;
}
