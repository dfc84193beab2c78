using Sweeper.Plugins;
using Sweeper.Training.Models.Layers;
using TorchSharp;

namespace Sweeper.Training.Models;

/// <summary>Everything that a model's constructor needs, checked by <see cref="ModelCatalog"/> before.</summary>
/// <param name="Input">Shape of the images.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Weights">Where parameters come from.</param>
/// <param name="DropoutRate">Probability in [0, 1) that dropout zeroes an activation.</param>
/// <param name="DropoutGenerator">Source of the dropout masks.</param>
/// <param name="BatchNormMomentum">Share of the new batch in the running statistics, in (0, 1].</param>
/// <param name="ClassifierInit">How the last layer is drawn where its authors draw it otherwise than the rest.</param>
internal sealed record ModelBlueprint(
    ImageShape Input,
    int Classes,
    WeightSource Weights,
    double DropoutRate,
    torch.Generator DropoutGenerator,
    double BatchNormMomentum,
    WeightInit? ClassifierInit)
{
    /// <summary>A dropout layer at the blueprint's rate.</summary>
    public SeededDropout Dropout() => new(DropoutRate, DropoutGenerator);

    /// <summary>A batch norm over <paramref name="channels"/>.</summary>
    public BatchNorm Norm(int channels) => new(Weights, channels, BatchNormMomentum);

    /// <summary>The last layer, from <paramref name="features"/> to the classes.</summary>
    public Dense Classifier(int features, bool bias = true) => new(Weights, features, Classes, bias, ClassifierInit);
}
