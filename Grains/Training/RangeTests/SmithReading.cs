namespace Sweeper.Training.RangeTests;

/// <summary>Smith's reading of a linear range test: held-out accuracy against the learning rate.</summary>
/// <param name="Verdict">Whether very large rates work.</param>
/// <param name="Evidence">Why, in words with numbers.</param>
/// <param name="MaxLearningRate">Largest rate at which smoothed accuracy is at least 0.9 of its best.</param>
/// <param name="MinLearningRate">First rate of a single cycle to that maximum: a tenth of it.</param>
/// <param name="Flatness">R: mean smoothed accuracy over the top fifth of the ramp, over the best; in [0, 1]; null where it cannot be told.</param>
/// <param name="BestAccuracy">Best smoothed accuracy, in [0, 1]; null where nothing was measured.</param>
public sealed record SmithReading(
    SuperConvergenceVerdict Verdict,
    string Evidence,
    Suggestion MaxLearningRate,
    Suggestion MinLearningRate,
    double? Flatness,
    double? BestAccuracy);
