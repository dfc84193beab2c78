using Sweeper.Training.OwnModels;

namespace Sweeper.Training.Models;

/// <summary>Which network to build and its settings; <see cref="ModelCatalog.Check"/> says whether they fit an image.</summary>
public sealed record ModelOptions
{
    /// <summary>Name in <see cref="ModelCatalog.Names"/>, such as <c>lenet</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Probability in [0, 1) that dropout zeroes an activation; 0: no dropout and no cost.</summary>
    public double Dropout { get; init; }

    /// <summary>How weights are drawn; null: as the model's authors drew them.</summary>
    public WeightInit? Init { get; init; }

    /// <summary>
    /// Share of the new batch in the running statistics of batch norm, in (0, 1]; null: 0.1. Caffe's
    /// <c>moving_average_fraction</c> is 1 minus this. Ignored by models without batch norm.
    /// </summary>
    public double? BatchNormMomentum { get; init; }

    /// <summary>The model where it is of a user's own, which has the name then; null: it is built in.</summary>
    internal OwnModel? Own { get; init; }
}
