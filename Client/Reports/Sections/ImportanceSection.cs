using System.Collections.Immutable;
using Sweeper.Client.Reports.Drawing;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Which hyperparameters matter, how they are balanced, and whether Smith's theory holds here.</summary>
internal static class ImportanceSection
{
    /// <summary>Writes it.</summary>
    public static ReportSection Of(ReportMaterial material) => new(
        "importance",
        "Importance and balance",
        material.Analysis is { } analysis
            ?
            [
                new ReportBlock.Paragraph(Data(analysis.Data, material.Score)),
                .. Importances(analysis, material.Score),
                .. Surface(analysis, material.Score),
                .. BalanceBlocks.Of(analysis, material.Score),
            ]
            :
            [
                new ReportBlock.Paragraph(
                    "Not worked out for this sweep. It takes the analysis of its trials, and trials in which two or more hyperparameters vary; the heat maps show the same trials without a model."),
            ]);

    private static string Data(AnalysedData data, string score)
    {
        string set = data.Accuracy == SelectionSet.Validation ? "validation" : "test";
        string factors = data.Factors.IsEmpty ? "no factor varies" : $"factors that vary: {string.Join(", ", data.Factors.Select(AnalysisText.Of))}";
        return FormattableString.Invariant($"By {set} {score} of {data.Trials} 1cycle trials ({data.Diverged} diverged, {data.Unfinished} unfinished, {data.BaselineTrials} of baselines); {factors}. {data.Treatment}");
    }

    private static IEnumerable<ReportBlock> Importances(SweepAnalysis analysis, string score)
    {
        if (analysis.Importances.IsEmpty)
        {
            yield return new ReportBlock.Paragraph(AnalysisText.Gap(analysis, AnalysisPart.Importance), "Importance:");
            yield break;
        }

        ImmutableArray<(string Name, double Share, double Lower, double Upper)> shares =
        [
            .. analysis.Importances.Select(main => (AnalysisText.Of(main.Factor), main.Share, main.Lower, main.Upper)),
            .. analysis.Interactions.Select(pair => ($"{AnalysisText.Of(pair.First)} × {AnalysisText.Of(pair.Second)}", pair.Share, pair.Lower, pair.Upper)),
        ];
        yield return new ReportBlock.Figure(
            "importance",
            $"Share of the variance of predicted {score} (functional ANOVA): each factor alone, then what pairs do beyond that. Whiskers are 95% bootstrap intervals over trials.",
            $"Bars: {string.Join("; ", shares.Select(share => $"{share.Name} {AnalysisText.Share(share.Share, share.Lower, share.Upper)}"))}.",
            ShareBars.Draw(shares));
    }

    private static IEnumerable<ReportBlock> Surface(SweepAnalysis analysis, string score)
    {
        if (analysis.Surface is not { } surface)
        {
            yield return new ReportBlock.Paragraph(AnalysisText.Gap(analysis, AnalysisPart.Surface), "Fitted surface:");
            yield break;
        }

        yield return new ReportBlock.Paragraph(surface.Summary, "Fitted surface.");
        if (surface.Grid is { } grid)
        {
            string zero = grid.ZeroDecayShownAs is { } shown ? FormattableString.Invariant($" Trials without weight decay are shown at {shown:0.##e+0}.") : "";
            yield return new ReportBlock.Figure(
                "surface",
                FormattableString.Invariant($"Predicted {score} over max LR and weight decay at batch size {grid.BatchSize:0} and dropout {grid.Dropout:0.##}; lighter is better, lines join equal values.{zero}"),
                FormattableString.Invariant($"Fitted {score} from {100 * grid.Accuracies.Min():0.0}% to {100 * grid.Accuracies.Max():0.0}%. {surface.Summary}"),
                SurfaceMap.Draw(grid));
        }
    }
}
