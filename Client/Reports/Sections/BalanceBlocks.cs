using System.Collections.Immutable;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Analysis;

namespace Sweeper.Client.Reports.Sections;

/// <summary>How the regularisers are balanced: weight decay by rate, batch size at equal time, dropout, and the theory's predictions.</summary>
internal static class BalanceBlocks
{
    /// <summary>The blocks; a part without enough data says what it needs.</summary>
    /// <param name="analysis">The analysis.</param>
    /// <param name="score">What was measured, in a word.</param>
    public static ImmutableArray<ReportBlock> Of(SweepAnalysis analysis, string score) =>
    [
        analysis.Decays.IsEmpty ? Missing(analysis, AnalysisPart.Decay, "Weight decay by rate:") : Decays(analysis.Decays, score),
        analysis.Batches.IsEmpty ? Missing(analysis, AnalysisPart.Batch, "Batch size at equal time:") : Batches(analysis.Batches, score),
        analysis.Dropout is { } dropout ? new ReportBlock.Paragraph(Dropout(dropout, score), "Dropout.") : Missing(analysis, AnalysisPart.Dropout, "Dropout:"),
        .. analysis.Theory.IsEmpty ? [] : new[] { Theory(analysis.Theory) },
    ];

    private static ReportBlock.Paragraph Missing(SweepAnalysis analysis, AnalysisPart part, string lead) => new(AnalysisText.Gap(analysis, part), lead);

    private static ReportBlock.Table Decays(ImmutableArray<DecayAtRate> decays, string score) => new(
        "Best weight decay by max LR, with its 95% bootstrap interval; «edge» is the least or greatest value tried, so that the best may lie beyond.",
        [new ReportColumn("max LR"), ReportColumn.Number("best wd"), ReportColumn.Number("interval"), ReportColumn.Number(score), ReportColumn.Number("trials"), new ReportColumn("edge")],
        [
            .. decays.Select(decay => Row(
                new ValueBin(decay.LowestRate, decay.HighestRate).Words,
                HumanText.Rate(decay.WeightDecay),
                $"{HumanText.Rate(decay.Lower, 2)}–{HumanText.Rate(decay.Upper, 2)}",
                HumanText.Percent(decay.Accuracy),
                Whole(decay.Trials),
                decay.AtEdge ? "edge" : "")),
        ]);

    private static ReportBlock.Table Batches(ImmutableArray<BatchAtEqualTime> batches, string score) => new(
        $"Batch sizes at equal wall time ({HumanText.Duration(batches[0].Seconds)}): best mean {score} within it, with its 95% bootstrap interval.",
        [
            new ReportColumn("batch size"), ReportColumn.Number(score), ReportColumn.Number("interval"), ReportColumn.Number("at max LR"),
            ReportColumn.Number("relative speed"), ReportColumn.Number("configurations"), ReportColumn.Number("trials"),
        ],
        [
            .. batches.Select(batch => Row(
                Whole(batch.BatchSize),
                HumanText.Percent(batch.Accuracy),
                $"{HumanText.Percent(batch.Lower)}–{HumanText.Percent(batch.Upper)}",
                HumanText.Rate(batch.MaxLearningRate),
                HumanText.Rate(batch.RelativeSpeed, 2),
                Whole(batch.Configurations),
                Whole(batch.Trials))),
        ]);

    private static string Dropout(DropoutEffect effect, string score)
    {
        string words = $"From {HumanText.Rate(effect.LowestDropout)} to {HumanText.Rate(effect.HighestDropout)}, with the other factors held fixed: {AnalysisText.Points(effect.Overall)} {score} points";
        string low = effect.AtLowRates is { } atLow ? $"; at the lowest rates {AnalysisText.Points(atLow)}" : "";
        string high = effect.AtHighRates is { } atHigh ? $"; at the highest {AnalysisText.Points(atHigh)}" : "";
        return $"{words}{low}{high}.";
    }

    private static ReportBlock.Table Theory(ImmutableArray<TheoryCheck> checks) => new(
        "What Smith's theory predicts (arXiv:1708.07120, arXiv:1803.09820), and whether these trials agree.",
        [new ReportColumn("prediction"), new ReportColumn("finding"), new ReportColumn("data")],
        [.. checks.Select(check => Row(check.Prediction, check.Finding, AnalysisText.Of(check.Agreement)))]);

    private static string Whole(int number) => FormattableString.Invariant($"{number}");

    private static ImmutableArray<ReportCell> Row(params IEnumerable<string> words) => [.. words.Select(word => new ReportCell.Plain(word))];
}
