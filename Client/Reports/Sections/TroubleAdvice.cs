using Sweeper.Client.Rendering;
using Sweeper.Client.Reports.Model;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports.Sections;

/// <summary>Advice where trials are missing.</summary>
internal static class TroubleAdvice
{
    // With so large a part of the trials diverged, the sweep spends its time beyond the edge of stability.
    private const double ManyDiverged = 0.25;

    /// <summary>A paragraph for each rule that applies.</summary>
    public static IEnumerable<ReportBlock.Paragraph> Of(ReportMaterial material)
    {
        SweepResults results = material.Results;
        int ended = results.Trials.Count(trial => trial.Outcome is not null);
        int diverged = results.Trials.Count(trial => trial.Outcome is JobOutcome.Diverged);
        if (diverged > 0 && diverged >= ManyDiverged * ended)
        {
            yield return new ReportBlock.Paragraph(
                $"{diverged} of {HumanText.Count(ended, "ended trial")} diverged: lower the largest max_lr, pull range tests back further (range_test.pull_back), or clip gradients (training.optimizer.clip_norm).",
                "Smaller rates.");
        }

        if (results.Trials.Any(trial => trial.Outcome is JobOutcome.OutOfMemory))
        {
            yield return new ReportBlock.Paragraph("Some trials did not fit into the device's memory: leave out the largest batch sizes.", "Smaller batches.");
        }

        int again = results.Trials.Count(trial => trial.Outcome is JobOutcome.Failed || (trial.Outcome is JobOutcome.Stopped && trial.Attempts > 0)); // what never began had no learning rate
        if (again > 0)
        {
            yield return new ReportBlock.Paragraph($"{HumanText.Count(again, "trial")} failed or {(again == 1 ? "was" : "were")} stopped: sweeper retry puts them back into the queue.", "Retry.");
        }

        if (results.Summary.Status != SweepStatus.Completed)
        {
            yield return new ReportBlock.Paragraph(
                results.Summary.Status == SweepStatus.Running ? "Write this report again when the sweep has ended." : "sweeper resume goes on with the trials that are left.",
                "Let it end.");
        }
    }
}
