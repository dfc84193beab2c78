using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Jobs;

/// <summary>What a finished trial reached on one set of images, beside accuracy, or R² where numbers are predicted.</summary>
/// <param name="LogLoss">Mean negative logarithm of the probability of the right class, nats; null where numbers are predicted.</param>
/// <param name="Top5Accuracy">Fraction whose class is among the five likeliest; null with five classes or fewer.</param>
/// <param name="BalancedAccuracy">Mean over the classes that the set has of the fraction classified rightly; null where numbers are predicted.</param>
/// <param name="MacroF1">Mean F1 over the classes that the set has or the network named; null where numbers are predicted.</param>
/// <param name="Rmse">Root of the mean squared error of predicted numbers, in units of the target; null with classes.</param>
/// <param name="Mae">Mean absolute error of predicted numbers, in units of the target; null with classes.</param>
/// <param name="Own">Metrics of the user's own; null: none is measured.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ClassMetrics")]
public sealed record TrialMetrics(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? LogLoss = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Top5Accuracy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? BalancedAccuracy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? MacroF1 = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Rmse = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Mae = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] OwnMetrics? Own = null)
{
    /// <summary>Those that are not of the user's own, in the order in which they are shown.</summary>
    public static ImmutableArray<Metric> Known { get; } =
        [Metric.LogLoss, Metric.Top5Accuracy, Metric.BalancedAccuracy, Metric.MacroF1, Metric.Rmse, Metric.Mae];

    /// <summary>One of them; null for accuracy and R², which stand beside them, and for what there is not.</summary>
    /// <param name="ranking">Which.</param>
    public double? Of(Ranking ranking) => ranking.Own is { } name ? Own?[name] : Of(ranking.By);

    /// <summary>One of them; null for accuracy and R², which stand beside them, and for what there is not.</summary>
    /// <param name="metric">Which.</param>
    public double? Of(Metric metric) => metric switch
    {
        Metric.Top5Accuracy => Top5Accuracy,
        Metric.BalancedAccuracy => BalancedAccuracy,
        Metric.MacroF1 => MacroF1,
        Metric.LogLoss => LogLoss,
        Metric.Rmse => Rmse,
        Metric.Mae => Mae,
        _ => null,
    };

    /// <summary>Mean of several, each its own mean; null where one is missing.</summary>
    /// <param name="all">Metrics of replicates.</param>
    public static TrialMetrics? Mean(IReadOnlyCollection<TrialMetrics?> all)
    {
        TrialMetrics[] known = [.. all.OfType<TrialMetrics>()];
        return known.Length == 0 || known.Length < all.Count ? null : new TrialMetrics(
            Average(one => one.LogLoss),
            Average(one => one.Top5Accuracy),
            Average(one => one.BalancedAccuracy),
            Average(one => one.MacroF1),
            Average(one => one.Rmse),
            Average(one => one.Mae),
            OwnMetrics.Mean([.. known.Select(one => one.Own)]));

        double? Average(Func<TrialMetrics, double?> of) => known.All(one => of(one) is not null) ? known.Average(of) : null;
    }
}
