using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Jobs;

/// <summary>What an LR range test suggests. A suggestion that its rule could not make is null.</summary>
/// <param name="Verdict">Whether very large learning rates work in this cell.</param>
/// <param name="Evidence">Why, in words with numbers.</param>
/// <param name="MaxLearningRate">Smith's maximum: the largest rate whose smoothed accuracy is at least 0.9 of the best.</param>
/// <param name="MinLearningRate">Smith's minimum for a single cycle: maximum over ten.</param>
/// <param name="Valley">fastai's <c>valley</c>.</param>
/// <param name="Slide">fastai's <c>slide</c>.</param>
/// <param name="Minimum">fastai's <c>minimum</c>: rate of the least smoothed loss over ten.</param>
/// <param name="Steep">fastai's <c>steep</c>.</param>
/// <param name="Flatness">Ratio R: mean accuracy over the top fifth of rates to the best smoothed accuracy; in [0, 1].</param>
/// <param name="BestAccuracy">Best smoothed accuracy along the ramp; in [0, 1].</param>
/// <param name="DivergedAt">Learning rate at which the loss blew up; null where it did not.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.RangeTestFindings")]
public sealed record RangeTestFindings(
    RangeTestVerdict Verdict,
    string Evidence,
    double? MaxLearningRate,
    double? MinLearningRate,
    double? Valley,
    double? Slide,
    double? Minimum,
    double? Steep,
    double? Flatness,
    double? BestAccuracy,
    double? DivergedAt);

/// <summary>Whether a range test shows that super-convergence can work.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RangeTestVerdict>))]
public enum RangeTestVerdict
{
    /// <summary>Accuracy stays nearly flat up to very large learning rates.</summary>
    Possible,

    /// <summary>Accuracy peaks and collapses.</summary>
    NotPossible,

    /// <summary>Neither is clear; a longer ramp may tell.</summary>
    Inconclusive,
}
