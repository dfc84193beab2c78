using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Rendering;

/// <summary>Metrics as a person reads them.</summary>
internal static class MetricText
{
    private const int Digits = 4;

    /// <summary>Metrics beside accuracy, or R², that some trials have, in the order in which they are shown: those of the user's own last.</summary>
    /// <param name="all">Metrics of trials; null: none.</param>
    public static IEnumerable<Ranking> Beside(params IEnumerable<TrialMetrics?> all)
    {
        TrialMetrics[] known = [.. all.OfType<TrialMetrics>()];
        return TrialMetrics.Known.Where(metric => known.Any(one => one.Of(metric) is not null)).Select(metric => new Ranking(default, metric))
            .Concat(known.SelectMany(one => one.Own?.List ?? []).Select(one => one.Name).Distinct().Order(StringComparer.Ordinal).Select(name => new Ranking(default, Metric.Own, name)));
    }

    /// <summary>A value: a fraction as a percentage, a loss, or a number.</summary>
    /// <param name="metric">Which.</param>
    /// <param name="value">Null: none.</param>
    public static string Value(Metric metric, double? value) => metric switch
    {
        Metric.LogLoss => HumanText.Loss(value),
        _ when metric.IsFraction() => HumanText.Percent(value),
        _ => HumanText.Number(value, Digits),
    };

    /// <summary>All of them: <c>log loss 0.312, balanced accuracy 90.12%, macro F1 90.02%</c>; null where there are none.</summary>
    /// <param name="metrics">Null: none.</param>
    public static string? All(TrialMetrics? metrics) => metrics is null
        ? null
        : string.Join(", ", Beside(metrics).Select(metric => $"{metric.MetricWords} {Value(metric.By, metrics.Of(metric))}"));

    /// <summary>What a training loss is measured in.</summary>
    /// <param name="score">What stands where accuracies do.</param>
    public static string LossUnit(Metric score) => score == Metric.R2 ? "variances of the target" : "nats";
}
