using System.Collections.Immutable;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Metrics beside accuracy, configuration by configuration.</summary>
internal static class MetricsTable
{
    /// <summary>The table; none where no configuration has them.</summary>
    public static ImmutableArray<ReportBlock> Of(ReportMaterial material, ImmutableArray<LeaderboardRow> rows)
    {
        bool validated = material.ByValidation;
        TrialMetrics?[] all = [.. rows.Select(row => validated ? row.ValidationMetrics : row.TestMetrics)];
        Ranking[] shown = [.. MetricText.Beside(all)];
        if (shown.Length == 0)
        {
            return [];
        }

        Ranking objective = material.Results.Spec.Search.Ranking;
        return
        [
            new ReportBlock.Table(
                $"Further metrics on the {material.RankedBy} {material.Things}, means over seeds{(objective.By.IsScore() ? "" : "; ▼ ranks")}.",
                [
                    new ReportColumn("#"), .. material.Axes.Select(axis => ReportColumn.Number(axis.Header)),
                    .. shown.Select(metric => ReportColumn.Number(metric.MetricWord == objective.MetricWord ? $"{metric.MetricWords} ▼" : metric.MetricWords)),
                ],
                [
                    .. rows.Zip(all, (row, metrics) => ImmutableArray.Create<ReportCell>([
                        new ReportCell.Plain(FormattableString.Invariant($"{row.Rank}")),
                        .. material.Axes.Select(axis => new ReportCell.Plain(axis.Text(row.Configuration))),
                        .. shown.Select(metric => new ReportCell.Plain(MetricText.Value(metric.By, metrics?.Of(metric)))),
                    ])),
                ]),
        ];
    }
}
