using Sweeper.Client.Plotting;
using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Drawing;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Learning rate and momentum over the best trial, as they were.</summary>
internal static class ScheduleSection
{
    /// <summary>Writes it.</summary>
    public static ReportSection Of(ReportMaterial material) => new(
        "schedule",
        "Schedule",
        material.Best is [var best, ..]
            ? [Figure(material, best)]
            : [new ReportBlock.Paragraph("No trial has recorded its learning rate and momentum yet.")]);

    private static ReportBlock.Figure Figure(ReportMaterial material, TrialCurves best)
    {
        JobCurves curves = best.Curves;
        string name = material.TrialName(best.Trial.Number);
        int peak = Array.IndexOf(curves.LearningRate, curves.LearningRate.Max());
        string course = $"Learning rate from {HumanText.Rate(curves.LearningRate[0])} to {HumanText.Rate(curves.LearningRate[peak])} at step {curves.Step[peak]} "
            + $"and down to {HumanText.Rate(curves.LearningRate[^1])} at step {curves.Step[^1]}; momentum between {HumanText.Rate(curves.Momentum.Min())} and {HumanText.Rate(curves.Momentum.Max())}.";
        return new ReportBlock.Figure(
            "schedule",
            $"{name}, the best trial. {course}",
            $"Learning rate and momentum of {name} against the step. {course}",
            InlineSvg.Of(SchedulePicture.Of(name, best.Trial.Configuration, curves)));
    }
}
