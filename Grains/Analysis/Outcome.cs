using Sweeper.Contracts.Analysis;

namespace Sweeper.Grains.Analysis;

/// <summary>A trial with the one accuracy that the analysis uses.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Accuracy">Fraction in [0, 1]; of a diverged trial the worst accuracy of the finished ones.</param>
internal readonly record struct Outcome(AnalysedTrial Trial, double Accuracy)
{
    /// <summary>Value of a factor, on its own scale.</summary>
    public double this[Factor factor] => factor switch
    {
        Factor.MaxLearningRate => Trial.MaxLearningRate,
        Factor.BatchSize => Trial.BatchSize,
        Factor.WeightDecay => Trial.WeightDecay,
        Factor.Dropout => Trial.Dropout,
        Factor.TrainImages => Trial.TrainImages,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
