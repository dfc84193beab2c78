using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Analysis;

/// <summary>A quadratic response surface fitted to the accuracies by ridge regression.</summary>
/// <param name="Trials">Trials that it was fitted to.</param>
/// <param name="Terms">Its terms, the constant first.</param>
/// <param name="Ridge">Penalty on the coefficients of the scaled terms, chosen by cross-validation; at least 0.</param>
/// <param name="CrossValidatedError">Root mean square error on configurations left out of the fit, in accuracy points (0.01).</param>
/// <param name="MeanError">The same error of predicting the mean of the other configurations, in accuracy points.</param>
/// <param name="Grid">Predictions over maximum learning rate and weight decay; null where either does not vary.</param>
/// <param name="Summary">Whether the surface explains anything, in words with numbers.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SurfaceFit")]
public sealed record SurfaceFit(
    int Trials,
    ImmutableArray<SurfaceTerm> Terms,
    double Ridge,
    double CrossValidatedError,
    double MeanError,
    SurfaceGrid? Grid,
    string Summary)
{
    /// <summary>Share of the variance between configurations that the surface predicts; at most 1, 0 or less where it predicts no better than the mean.</summary>
    [JsonIgnore]
    public double PredictedShare => MeanError > 0 ? 1 - (CrossValidatedError * CrossValidatedError / (MeanError * MeanError)) : 0;

    /// <summary>Whether the surface predicts clearly better than the mean does: at least a tenth of the variance.</summary>
    [JsonIgnore]
    public bool Explains => PredictedShare >= 0.1;
}

/// <summary>A term of the surface. Factors run from -1 at their least value to 1 at their greatest.</summary>
/// <param name="First">Factor; null for the constant.</param>
/// <param name="Second">Second factor of a product, the same one for a square; null for a linear term and the constant.</param>
/// <param name="Coefficient">Accuracy points for each unit of the term.</param>
/// <param name="Lower">Lower end of the 95% bootstrap interval over trials.</param>
/// <param name="Upper">Upper end of it.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SurfaceTerm")]
public sealed record SurfaceTerm(Factor? First, Factor? Second, double Coefficient, double Lower, double Upper);

/// <summary>Predicted accuracy over the box of maximum learning rates and weight decays that the trials span; nothing is extrapolated.</summary>
/// <param name="MaxLearningRates">Columns, rising, evenly spaced on a logarithmic scale.</param>
/// <param name="WeightDecays">Rows, rising, evenly spaced on a logarithmic scale.</param>
/// <param name="Accuracies">Fractions in [0, 1], row by row: <c>[row · columns + column]</c>.</param>
/// <param name="BatchSize">Batch size that is held fixed: the median of the trials.</param>
/// <param name="Dropout">Dropout that is held fixed: the median of the trials.</param>
/// <param name="ZeroDecayShownAs">Least row, where trials without weight decay are shown; null where there is no such trial.</param>
/// <param name="Contours">Lines of equal predicted accuracy, lowest first.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SurfaceGrid")]
public sealed record SurfaceGrid(
    double[] MaxLearningRates,
    double[] WeightDecays,
    double[] Accuracies,
    double BatchSize,
    double Dropout,
    double? ZeroDecayShownAs,
    ImmutableArray<IsoAccuracy> Contours);

/// <summary>A line of equal predicted accuracy, as straight pieces: points 0 and 1 are the ends of the first, 2 and 3 of the second.</summary>
/// <param name="Accuracy">Fraction in [0, 1].</param>
/// <param name="MaxLearningRates">Maximum learning rate of each point.</param>
/// <param name="WeightDecays">Weight decay of each point; as many.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.IsoAccuracy")]
public sealed record IsoAccuracy(double Accuracy, double[] MaxLearningRates, double[] WeightDecays);
