using System.Collections.Immutable;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reporting;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Analysis;

namespace Sweeper.Client.Reports.Sections;

/// <summary>What early stopping saved, how often it was wrong, and what short cycles reach.</summary>
internal static class StoppingSection
{
    /// <summary>Writes it; null where there is nothing to say.</summary>
    public static ReportSection? Of(ReportMaterial material)
    {
        if (material.Results.Stopping is not { } summary)
        {
            return null;
        }

        ImmutableArray<ReportBlock> blocks = [.. StoppingText.Sentences(summary).Select(sentence => new ReportBlock.Paragraph(sentence))];
        return new ReportSection("stopping", "Early stopping and the length of the cycle", summary.Lengths.IsEmpty ? blocks : [.. blocks, .. Lengths(material, summary)]);
    }

    private static IEnumerable<ReportBlock> Lengths(ReportMaterial material, StoppingSummary summary)
    {
        yield return new ReportBlock.Table(
            "Results by length of the cycle. Every cycle is whole and annealed, from scratch.",
            [new ReportColumn("epochs"), new ReportColumn("finished"), new ReportColumn("failed"), new ReportColumn("best"), new ReportColumn("trial"), new ReportColumn("ranks like the next length")],
            [
                .. summary.Lengths.Select(length => ImmutableArray.Create<ReportCell>(
                    new ReportCell.Plain(FormattableString.Invariant($"{length.Epochs:0.##}")),
                    new ReportCell.Plain(FormattableString.Invariant($"{length.Finished}")),
                    new ReportCell.Plain(FormattableString.Invariant($"{length.Failed}")),
                    new ReportCell.Plain(HumanText.Percent(length.BestAccuracy)),
                    new ReportCell.Plain(length.BestTrial is { } best ? material.TrialName(best) : "–"),
                    new ReportCell.Plain(StoppingText.Agreement(length.ToNext)))),
            ]);
        if (StoppingText.ShortestGoodEnough(summary) is { } enough)
        {
            yield return new ReportBlock.Paragraph(enough);
        }
    }
}
