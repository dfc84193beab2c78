using System.Collections.Immutable;
using Sweeper.Client.Reporting;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Reports.Sections;

/// <summary>What early stopping saved, how often it was wrong, and what short cycles reach.</summary>
internal static class StoppingSection
{
    /// <summary>Writes it; null where nothing was searched.</summary>
    public static ReportSection? Of(ReportMaterial material)
    {
        if (material.Results.Spec.Purpose != SweepPurpose.Search)
        {
            return null;
        }

        StoppingSummary? summary = material.Results.Stopping;
        ImmutableArray<ReportBlock> blocks =
        [
            new ReportBlock.Paragraph($"Early stopping: {StoppingChoice.Words(material.Results.Spec)}."),
            .. summary is null ? [] : StoppingText.Sentences(summary).Select(sentence => new ReportBlock.Paragraph(sentence)),
            .. summary is null or { Lengths.IsEmpty: true } ? [] : Lengths(material, summary),
        ];
        return new ReportSection("stopping", "Early stopping and the length of the cycle", blocks);
    }

    private static IEnumerable<ReportBlock> Lengths(ReportMaterial material, StoppingSummary summary)
    {
        yield return new ReportBlock.Table(
            "Results by length of the cycle. Every cycle is whole and annealed, from scratch.",
            [.. StoppingText.Columns.Select(column => new ReportColumn(column))],
            [.. summary.Lengths.Select(length => StoppingText.Row(material.Name, length).Select(cell => (ReportCell)new ReportCell.Plain(cell)).ToImmutableArray())]);
        if (StoppingText.ShortestGoodEnough(summary) is { } enough)
        {
            yield return new ReportBlock.Paragraph(enough);
        }
    }
}
