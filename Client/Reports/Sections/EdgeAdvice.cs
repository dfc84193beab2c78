using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Advice where the best configuration stands at the edge of what was tried: the optimum may lie beyond.</summary>
internal static class EdgeAdvice
{
    // A step of the usual grids: three for rates and decay, two for batch sizes.
    private const double Step = 3;
    private const double BatchStep = 2;
    private const double DropoutStep = 0.1;

    /// <summary>A paragraph for each hyperparameter at its edge.</summary>
    public static IEnumerable<ReportBlock.Paragraph> Of(ReportMaterial material)
    {
        if (material.Rows is not [var best, _, ..])
        {
            yield break;
        }

        foreach (Axis axis in material.Axes.Where(axis => HasAnOrder(axis, best.Configuration)))
        {
            double[] tried = [.. Tried(material, best, axis).Distinct().Order()];
            double value = axis.Of(best.Configuration);
            if (tried.Length > 1 && (value == tried[0] || value == tried[^1]) && Beyond(axis, value, value == tried[^1]) is { } further)
            {
                string edge = value == tried[^1] ? "largest" : "smallest";
                string where = IsWithinCell(material, axis) ? " with these other settings" : "";
                yield return new ReportBlock.Paragraph(
                    $"The best configuration has the {edge} {axis.Header} tried{where} ({axis.Text(best.Configuration)}), so the optimum may lie beyond: {How(material, axis, value == tried[^1], further)}.",
                    $"Extend {axis.Header}.");
            }
        }
    }

    // More images are no choice of the search, and words have no largest.
    private static bool HasAnOrder(Axis axis, Configuration at) =>
        axis.Key != Axis.TrainSizeKey && (!IsOfModel(axis) || at.Model?[axis.Header] is { Number: not null });

    private static bool IsOfModel(Axis axis) => axis.Key.StartsWith(ModelAxis.Prefix, StringComparison.Ordinal);

    // Rates that come from range tests differ from cell to cell: only those of the same cell are neighbours. What diverged
    // was tried as well, and is why an edge is none.
    private static IEnumerable<double> Tried(ReportMaterial material, LeaderboardRow best, Axis axis)
    {
        bool withinCell = IsWithinCell(material, axis);
        Configuration at = best.Configuration;
        return material.Rows.Select(row => row.Configuration).Concat(material.WithoutResult)
            .Where(other => !withinCell || other with { MaxLearningRate = at.MaxLearningRate } == at)
            .Select(axis.Of);
    }

    private static bool IsWithinCell(ReportMaterial material, Axis axis) =>
        axis == Axis.All[0] && material.Results.Spec.Search.MaxLearningRate is AxisSpec.FromRangeTest;

    private static double? Beyond(Axis axis, double value, bool above) => axis.Key switch
    {
        "dropout" => above ? value + DropoutStep < 1 ? value + DropoutStep : null : value > 0 ? Math.Max(0, value - DropoutStep) : null,
        "batch_size" => above ? value * BatchStep : value > 1 ? Math.Max(1, Math.Floor(value / BatchStep)) : null,
        _ => value > 0 ? above ? value * Step : value / Step : null,
    };

    private static string How(ReportMaterial material, Axis axis, bool above, double further) =>
        axis == Axis.All[0] && material.Results.Spec.Search.MaxLearningRate is AxisSpec.FromRangeTest test
            ? above
                ? $"raise high of search.space.max_lr from {HumanText.Rate(test.High)}"
                : $"lower low of search.space.max_lr from {HumanText.Rate(test.Low)}"
            : IsOfModel(axis)
                ? $"{(above ? "raise" : "lower")} model.settings.{axis.Header}, as far as the model takes it"
            : $"add values such as {HumanText.Rate(further)} to search.space.{axis.Key}";
}
