using System.Collections.Immutable;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Jobs that ended without a result, and why.</summary>
internal static class TroublesSection
{
    private const int MostRows = 40;
    private const int LongestReason = 400;

    /// <summary>Writes it.</summary>
    public static ReportSection Of(ReportMaterial material)
    {
        ImmutableArray<Trouble> all = [.. Troubles(material)];
        if (all.IsEmpty)
        {
            bool any = material.Results.Trials.Any(trial => trial.Outcome is not null) || material.Results.Cells.Any(cell => cell.Outcome is not null);
            return new ReportSection("troubles", "What went wrong", [new ReportBlock.Paragraph(any ? "Nothing: every job that has ended has a result." : "Nothing yet: no job has ended.")]);
        }

        string counted = string.Join(", ", all.GroupBy(trouble => trouble.State).OrderByDescending(group => group.Count()).Select(group => FormattableString.Invariant($"{group.Count()} {group.Key}")));
        string rest = all.Length > MostRows ? $" The first {MostRows} are listed; sweeper export writes them all." : "";
        return new ReportSection(
            "troubles",
            "What went wrong",
            [
                new ReportBlock.Paragraph($"{HumanText.Count(all.Length, "job")} without a result: {counted}. Divergence is an answer as well: it bounds the learning rate.{rest}"),
                new ReportBlock.Table(
                    "Jobs without a result.",
                    [new ReportColumn("job"), new ReportColumn("configuration"), new ReportColumn("ended"), new ReportColumn("why")],
                    [
                        .. all.Take(MostRows).Select(trouble => ImmutableArray.Create<ReportCell>(
                            new ReportCell.Plain(trouble.Job), new ReportCell.Plain(trouble.Configuration), new ReportCell.Plain(trouble.State), new ReportCell.Plain(Short(trouble.Reason)))),
                    ]),
            ]);
    }

    private static IEnumerable<Trouble> Troubles(ReportMaterial material) =>
    [
        .. material.Results.Cells.Where(cell => IsTrouble(cell.Outcome)).Select(cell => new Trouble(
            material.CellName(cell.Number), material.Whole(CellsTable.PointOf(cell.Key)), StatusText.Of(cell.Status, cell.Outcome), StatusText.Evidence(cell.Outcome) ?? "")),
        .. material.Results.Trials.Where(trial => IsTrouble(trial.Outcome)).Select(trial => new Trouble(
            material.TrialName(trial.Number), material.Whole(trial.Configuration), StatusText.Of(trial.Status, trial.Outcome), StatusText.Evidence(trial.Outcome) ?? "")),
    ];

    private static bool IsTrouble(JobOutcome? outcome) =>
        outcome is JobOutcome.Diverged or JobOutcome.OutOfMemory or JobOutcome.Failed or JobOutcome.Stopped;

    private static string Short(string reason) => reason.Length <= LongestReason ? reason : $"{reason[..LongestReason]} …";

    /// <summary>A job without a result.</summary>
    private sealed record Trouble(string Job, string Configuration, string State, string Reason);
}
