using System.Collections.Immutable;
using Sweeper.Client.Plotting;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Drawing;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Accuracy and loss of the best trials against the step.</summary>
internal static class CurvesSection
{
    /// <summary>Writes it.</summary>
    public static ReportSection Of(ReportMaterial material) => new(
        "curves",
        "Curves of the best trials",
        material.Best.IsEmpty ? [new ReportBlock.Paragraph("No trial has recorded curves yet.")] : [Figure(material)]);

    private static ReportBlock.Figure Figure(ReportMaterial material)
    {
        ImmutableArray<LabelledCurves> labelled = [.. material.Best.Select(best => new LabelledCurves(Label(material, best), best.Curves))];
        string ends = string.Join(
            "; ",
            material.Best.Select(best =>
                $"{Label(material, best)} ends at {HumanText.Percent(best.Trial.Score?.ValidationAccuracy ?? best.Trial.Score?.TestAccuracy)}"));
        return new ReportBlock.Figure(
            "curves",
            $"The first seed of each of the best {HumanText.Count(labelled.Length, "configuration")}. With 1cycle most of the gain comes in the last fifth, while the rate falls."
                + (labelled.Any(trial => trial.Curves.Evaluations.Any(reading => reading.Images == EvaluationSet.Cooldown))
                    ? " Stars are readings of copies that were annealed on the side at that step: what the run would have reached had it ended soon after."
                    : ""),
            $"{(material.Results.Spec.Data.Score == Metric.Accuracy ? "Accuracy" : material.Score)} and training loss against the step: {ends}.",
            InlineSvg.Of(CurvesPicture.Of(CleanText.Of(material.Name), labelled, material.Results.Spec.Data.Score)));
    }

    private static string Label(ReportMaterial material, TrialCurves best) =>
        $"{material.TrialName(best.Trial.Number)} · {material.Apart(best.Trial.Configuration)}";
}
