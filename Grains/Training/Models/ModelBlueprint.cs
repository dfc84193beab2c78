using Sweeper.Training.Models.Layers;

namespace Sweeper.Training.Models;

/// <summary>Everything that a model's constructor needs, checked by <see cref="ModelCatalog"/> before.</summary>
/// <param name="Input">Shape of the images.</param>
/// <param name="Classes">Number of classes.</param>
/// <param name="Weights">Where parameters come from.</param>
/// <param name="Dropouts">Dropout of each member; one where the model is a single network.</param>
/// <param name="BatchNormMomentum">Share of the new batch in the running statistics, in (0, 1].</param>
/// <param name="ClassifierInit">How the last layer is drawn where its authors draw it otherwise than the rest.</param>
internal sealed record ModelBlueprint(
    ImageShape Input,
    int Classes,
    WeightSource Weights,
    IReadOnlyList<DropoutSource> Dropouts,
    double BatchNormMomentum,
    WeightInit? ClassifierInit)
{
    /// <summary>Networks that the model computes side by side, at least 1.</summary>
    public int Members => Weights.Members;

    /// <summary>A dropout layer at the blueprint's rates.</summary>
    public MemberDropout Dropout() => new(Dropouts);

    /// <summary>A batch norm over <paramref name="channels"/>.</summary>
    public BatchNorm Norm(int channels) => new(Weights, channels, BatchNormMomentum);

    /// <summary>The last layer, from <paramref name="features"/> to the classes.</summary>
    public Dense Classifier(int features, bool bias = true) => new(Weights, features, Classes, bias, ClassifierInit);
}
