using Sweeper.Training.Models.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Models;

/// <summary>
/// Two hidden layers of 256 ReLU units on the flattened image, each followed by dropout where asked for. 269,322
/// parameters at 1x28x28 and 10 classes: the cheapest model, for tests and first looks.
/// </summary>
internal sealed class Mlp : ImageModel
{
    private const int HiddenUnits = 256;

    private readonly Dense _hidden1;
    private readonly Dense _hidden2;
    private readonly MemberDropout _dropout;
    private readonly Dense _classifier;

    /// <summary>Draws the network.</summary>
    public Mlp(ModelBlueprint plan)
        : base(nameof(Mlp), plan.Input, plan.Classes)
    {
        _hidden1 = new Dense(plan.Weights, plan.Input.Values, HiddenUnits);
        _hidden2 = new Dense(plan.Weights, HiddenUnits, HiddenUnits);
        _dropout = plan.Dropout();
        _classifier = plan.Classifier(HiddenUnits);
        register_module("hidden1", _hidden1);
        register_module("hidden2", _hidden2);
        register_module("dropout", _dropout);
        register_module("classifier", _classifier);
    }

    private protected override Tensor Logits(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _dropout.call(nn.functional.relu(_hidden1.call(images.flatten(1))));
        x = _dropout.call(nn.functional.relu(_hidden2.call(x)));
        return _classifier.call(x).MoveToOuterDisposeScope();
    }
}
