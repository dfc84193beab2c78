using System.Collections.Immutable;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Drawing;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Configurations by rank, with error bars.</summary>
internal static class LeaderboardSection
{
    private const int MostRows = 100;

    // So many rows always set the scale of the bars; of a longer table the worse half may leave it.
    private const int RowsOnScale = 8;

    /// <summary>Writes it.</summary>
    public static ReportSection Of(ReportMaterial material) => new(
        "leaderboard",
        "Leaderboard",
        material.Rows.IsEmpty
            ? [new ReportBlock.Paragraph("No trial has ended with a score.")]
            :
            [
                .. material.Results.Spec.Data.TrainSizes is null
                    ? Array.Empty<ReportBlock>()
                    : [Table(material, Leaderboard.BestOfSizes(material.Rows), "Limited data: the best configuration of each number of training images. ")],
                Table(material, [.. material.Rows.Take(MostRows)], ""),
                .. MetricsTable.Of(material, [.. material.Rows.Take(MostRows)]),
                .. material.Rows.Length > MostRows
                    ? [new ReportBlock.Paragraph($"{HumanText.Count(material.Rows.Length - MostRows, "configuration")} more: sweeper export writes them all.")]
                    : Array.Empty<ReportBlock>(),
            ]);

    private static ReportBlock.Table Table(ReportMaterial material, ImmutableArray<LeaderboardRow> rows, string words)
    {
        ErrorBars bars = Scale(material);
        ImmutableArray<Axis> axes = material.Axes;
        bool byAccuracy = material.Results.Spec.Search.Ranking.By.IsScore();
        string marked = byAccuracy ? $"{material.RankedBy} ▼" : material.RankedBy;
        string ranked = byAccuracy ? $"Configurations by mean {material.RankedBy} {material.Score} (▼)." : $"Configurations by mean {material.Objective}; columns and bars are {(material.Results.Spec.Data.Score == Metric.Accuracy ? "accuracies" : material.Score)}.";
        return new ReportBlock.Table(
            $"{words}{ranked} ± is the sample standard deviation over n seeds, the bars show it on one scale; an arrow: left of the scale. Time is the mean of a trial.",
            [
                new ReportColumn("#"), .. axes.Select(axis => ReportColumn.Number(axis.Header)),
                ReportColumn.Number(material.ByValidation ? marked : "validation"), ReportColumn.Number(material.ByValidation ? "test" : marked), ReportColumn.Number("n"),
                new ReportColumn($"{material.RankedBy} {material.Score}", IsDrawing: true), ReportColumn.Number("time"), new ReportColumn("trials"),
            ],
            [
                .. rows.Select(row => ImmutableArray.Create<ReportCell>([
                    new ReportCell.Plain(FormattableString.Invariant($"{row.Rank}")),
                    .. axes.Select(axis => new ReportCell.Plain(axis.Text(row.Configuration))),
                    new ReportCell.Plain(HumanText.PercentWithDeviation(row.ValidationAccuracy, row.ValidationDeviation)),
                    new ReportCell.Plain(HumanText.PercentWithDeviation(row.TestAccuracy, row.TestDeviation)),
                    new ReportCell.Plain(FormattableString.Invariant($"{row.Replicates}")),
                    new ReportCell.Drawing(bars.Of(material.AccuracyOf(row), material.DeviationOf(row))),
                    new ReportCell.Plain(HumanText.Duration(row.Seconds)),
                    new ReportCell.Plain(string.Join(' ', row.Trials.Select(material.TrialName))),
                ])),
            ]);
    }

    private static ErrorBars Scale(ReportMaterial material)
    {
        LeaderboardRow[] top = [.. material.Rows.Take(Math.Max(RowsOnScale, material.Rows.Length / 2))];
        return new ErrorBars(
            top.Min(row => material.AccuracyOf(row) - (material.DeviationOf(row) ?? 0)),
            top.Max(row => material.AccuracyOf(row) + (material.DeviationOf(row) ?? 0)));
    }
}
