using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Rendering;

/// <summary>Metrics as a person reads them.</summary>
internal static class MetricText
{
    private static readonly Metric[] _beside = [Metric.LogLoss, Metric.Top5Accuracy, Metric.BalancedAccuracy, Metric.MacroF1];

    /// <summary>Metrics beside accuracy, in the order in which they are shown.</summary>
    public static IEnumerable<Metric> BesideAccuracy => _beside;

    /// <summary>A value: a loss, or a fraction as a percentage.</summary>
    /// <param name="metric">Which.</param>
    /// <param name="value">Null: none.</param>
    public static string Value(Metric metric, double? value) => metric == Metric.LogLoss ? HumanText.Loss(value) : HumanText.Percent(value);

    /// <summary>All of them: <c>log loss 0.312, balanced accuracy 90.12%, macro F1 90.02%</c>; null where there are none.</summary>
    /// <param name="metrics">Null: none.</param>
    public static string? All(ClassMetrics? metrics) => metrics is null
        ? null
        : string.Join(", ", _beside.Where(metric => metrics.Of(metric) is not null).Select(metric => $"{metric.Words()} {Value(metric, metrics.Of(metric))}"));
}
