using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Model;
using Sweeper.Client.Reports.Sections;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports;

/// <summary>The report of a sweep: its sections in their order.</summary>
internal static class ReportBuilder
{
    /// <summary>Builds it.</summary>
    public static Report Of(ReportMaterial material)
    {
        SweepSummary summary = material.Results.Summary;
        string subtitle = string.Create(
            CultureInfo.InvariantCulture,
            $"{HumanText.Subject(summary.Model, summary.DataSet)} · {StatusText.Of(summary.Status)} · {HumanText.Count(material.Results.Cells.Length, "cell")} · {HumanText.Count(material.Results.Trials.Length, "trial")} · {HumanText.Count(material.Rows.Length, "ranked configuration")}");
        string colophon = $"Written by sweeper report, {HumanText.Moment(material.WrittenAt, TimeZoneInfo.Utc)} UTC. The method is Leslie N. Smith's: arXiv:1708.07120, arXiv:1803.09820, arXiv:1506.01186.";
        return new Report(
            summary.Name,
            subtitle,
            colophon,
            [
                VerdictSection.Of(material),
                RangeTestSection.Of(material),
                HeatMapSection.Of(material),
                ScheduleSection.Of(material),
                CurvesSection.Of(material),
                .. StoppingSection.Of(material) is { } stopping ? [stopping] : ImmutableArray<ReportSection>.Empty,
                ParallelSection.Of(material),
                ImportanceSection.Of(material),
                LeaderboardSection.Of(material),
                .. ParetoSection.Of(material) is { } pareto ? [pareto] : ImmutableArray<ReportSection>.Empty,
                TroublesSection.Of(material),
                NextStepsSection.Of(material),
                RepeatSection.Of(material),
            ]);
    }
}
