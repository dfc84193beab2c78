using System.Collections.Immutable;
using ScottPlot;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Plotting;

/// <summary>A trial's curves with the words that name it in a legend.</summary>
/// <param name="Label">Short name and what sets it apart.</param>
/// <param name="Curves">Its curves.</param>
internal sealed record LabelledCurves(string Label, JobCurves Curves);

/// <summary>Accuracy and training loss of the best trials against the step.</summary>
internal static class CurvesPicture
{
    /// <summary>Draws it.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="trials">Best first; at least one, at most as many as there are colours.</param>
    /// <param name="score">What stands where accuracies do.</param>
    public static Picture Of(string sweep, ImmutableArray<LabelledCurves> trials, Metric score = Metric.Accuracy)
    {
        EvaluationSet images = trials.Any(trial => Readings(trial, EvaluationSet.Validation).Length > 0)
            ? EvaluationSet.Validation
            : EvaluationSet.Test;
        string set = images == EvaluationSet.Validation ? "validation" : "test";
        Plot accuracy = PlotTheme.Create($"Best trials of {sweep}", "step", $"{set} {score.Words()} / %");
        Plot loss = PlotTheme.Create("", "step", $"training loss / {MetricText.LossUnit(score)}, rolling mean");
        for (int i = 0; i < trials.Length; i++)
        {
            Evaluation[] readings = Readings(trials[i], images);
            var line = accuracy.Add.Scatter(
                readings.Select(reading => (double)reading.Step).ToArray(), readings.Select(reading => reading.Accuracy).ToArray(), PlotTheme.Colors[i]);
            line.LineWidth = 2;
            line.MarkerShape = PlotTheme.Markers[i];
            line.MarkerSize = 7;
            line.LegendText = trials[i].Label;
            AddCooldowns(accuracy, trials[i], i);

            JobCurves curves = trials[i].Curves;
            var training = loss.Add.ScatterLine(curves.Step.Select(step => (double)step).ToArray(), RollingMean(curves.TrainLoss), PlotTheme.Colors[i]);
            training.LineWidth = 1.5f;
            training.LinePattern = PlotTheme.Dashes[i];
            training.LegendText = trials[i].Label;
        }

        int last = trials.Max(trial => trial.Curves.Step[^1]);
        accuracy.Axes.SetLimitsX(0, last * 1.02);
        loss.Axes.SetLimitsX(0, last * 1.02);
        PlotTheme.PercentY(accuracy);
        PlotTheme.LegendBeside(accuracy);
        PlotTheme.LegendBeside(loss);
        return new Picture("curves", [accuracy, loss]);
    }

    // Stars, larger than the readings of the run itself and joined to nothing: they are readings of copies.
    private static void AddCooldowns(Plot accuracy, LabelledCurves trial, int place)
    {
        Evaluation[] readings = Readings(trial, EvaluationSet.Cooldown);
        if (readings.Length > 0)
        {
            var marks = accuracy.Add.Markers(
                readings.Select(reading => (double)reading.Step).ToArray(), readings.Select(reading => reading.Accuracy).ToArray(), MarkerShape.Asterisk, 13, PlotTheme.Colors[place]);
            marks.LegendText = "the same, annealed there";
        }
    }

    // Single batches hide the trend behind their noise; a window of a fiftieth of the run keeps its bends.
    private static double[] RollingMean(double[] values)
    {
        int reach = values.Length / 100;
        return [.. values.Select((_, i) => values[Math.Max(0, i - reach)..Math.Min(values.Length, i + reach + 1)].Average())];
    }

    private static Evaluation[] Readings(LabelledCurves trial, EvaluationSet images) =>
        [.. trial.Curves.Evaluations.Where(reading => reading.Images == images && double.IsFinite(reading.Accuracy))];
}
