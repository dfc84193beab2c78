using ScottPlot;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Plotting;

/// <summary>An LR range test: held-out accuracy and training loss against the learning rate, with every suggestion marked.</summary>
internal static class RangeTestPicture
{
    // The window of the machine rule that suggests the maximum (five readings).
    private const int Window = 5;

    // A loss that has blown up would flatten everything else.
    private const double LossCeiling = 4;

    /// <summary>Draws it.</summary>
    /// <param name="name">File name without its ending.</param>
    /// <param name="cell">Cell whose test it is; has findings.</param>
    /// <param name="curves">Its curves.</param>
    /// <param name="method">Whose test; fastai's has a logarithmic axis.</param>
    /// <param name="score">What stands where accuracies do.</param>
    public static Picture Of(string name, CellRecord cell, JobCurves curves, RangeTestMethod method, Metric score = Metric.Accuracy)
    {
        bool log = method == RangeTestMethod.Fastai;
        RangeTestFindings findings = cell.Findings ?? throw new ArgumentException("The cell has no findings.", nameof(cell));
        Evaluation[] held = [.. curves.Evaluations.Where(reading => double.IsFinite(reading.Accuracy))];
        List<Plot> plots = [];
        if (held.Length > 0)
        {
            plots.Add(Accuracy(cell, findings, curves, held, log, score));
        }

        plots.Add(Loss(cell, findings, curves, log, titled: plots.Count == 0, score));
        return new Picture(name, plots);
    }

    private static Plot Accuracy(CellRecord cell, RangeTestFindings findings, JobCurves curves, Evaluation[] held, bool log, Metric score)
    {
        Plot plot = PlotTheme.Create(Title(cell, findings), "learning rate", $"held-out {score.Words()} / %");
        double[] x = [.. held.Select(reading => X(RateAt(curves, reading.Step), log))];
        double[] y = [.. held.Select(reading => reading.Accuracy)];
        var points = plot.Add.ScatterPoints(x, y, PlotTheme.Faint);
        points.MarkerSize = 4;
        points.LegendText = "reading";
        var line = plot.Add.ScatterLine(x, Smoothed(y), PlotTheme.Colors[0]);
        line.LineWidth = 2.5f;
        line.LegendText = $"mean of {Window}";
        PlotTheme.PercentY(plot);
        plot.Axes.SetLimitsY(0, Math.Min(1.02, (Math.Max(0, y.Max()) * 1.08) + 0.01)); // an R² below 0 is worse than guessing, however far
        Finish(plot, findings, curves, log);
        return plot;
    }

    private static Plot Loss(CellRecord cell, RangeTestFindings findings, JobCurves curves, bool log, bool titled, Metric score)
    {
        Plot plot = PlotTheme.Create(titled ? Title(cell, findings) : "", "learning rate", $"training loss / {MetricText.LossUnit(score)}");
        double[] x = [.. curves.LearningRate.Select(rate => X(rate, log))];
        double[] smooth = [.. curves.SmoothedLoss];
        double first = curves.TrainLoss.FirstOrDefault(double.IsFinite, 1);
        double ceiling = LossCeiling * Math.Max(first, 1e-6);
        var raw = plot.Add.ScatterPoints(x, Cut(curves.TrainLoss, ceiling), PlotTheme.Faint);
        raw.MarkerSize = 3;
        raw.LegendText = "batch";
        if (smooth.Any(double.IsFinite))
        {
            var line = plot.Add.ScatterLine(x, Cut(smooth, ceiling), PlotTheme.Colors[0]);
            line.LineWidth = 2.5f;
            line.LegendText = "smoothed";
        }

        // The smoothed curve decides the scale where there is one; single batches may leave the picture.
        double[] shown = [.. Cut(smooth, ceiling).Where(double.IsFinite)];
        shown = shown.Length > 0 ? shown : [.. Cut(curves.TrainLoss, ceiling).Where(double.IsFinite)];
        plot.Axes.SetLimitsY(0, Math.Max(shown.DefaultIfEmpty(1).Max(), 1e-6) * 1.15);

        Finish(plot, findings, curves, log);
        return plot;
    }

    private static void Finish(Plot plot, RangeTestFindings findings, JobCurves curves, bool log)
    {
        (string Name, double? Rate)[] suggestions =
        [
            ("max LR", findings.MaxLearningRate), ("valley", findings.Valley), ("slide", findings.Slide),
            ("minimum", findings.Minimum), ("steep", findings.Steep),
        ];
        int index = 0;
        foreach ((string name, double? rate) in suggestions)
        {
            index++;
            if (rate is not > 0)
            {
                continue;
            }

            var mark = plot.Add.VerticalLine(X(rate.Value, log), index == 1 ? 2.5f : 1.8f, PlotTheme.Colors[index % PlotTheme.Colors.Length], PlotTheme.Dashes[index]);
            mark.LegendText = $"{name} {HumanText.Rate(rate)}";
        }

        if (findings.DivergedAt is > 0)
        {
            var mark = plot.Add.VerticalLine(X(findings.DivergedAt.Value, log), 2.5f, ScottPlot.Colors.Black);
            mark.LegendText = $"diverged {HumanText.Rate(findings.DivergedAt)}";
        }

        // The same for both plots, so that a suggestion stands at the same place.
        (double left, double right) = (X(curves.LearningRate[0], log), X(curves.LearningRate[^1], log));
        double margin = 0.02 * (right - left);
        plot.Axes.SetLimitsX(left - margin, right + margin);

        if (log)
        {
            PlotTheme.LogX(plot);
        }

        PlotTheme.LegendBeside(plot);
    }

    private static string Title(CellRecord cell, RangeTestFindings findings) =>
        $"LR range test · {cell.Key} · super-convergence {StatusText.Of(findings.Verdict)}";

    private static double X(double rate, bool log) => log ? Math.Log10(Math.Max(rate, 1e-12)) : rate;

    // Curves are columns by step; a reading is taken after its step.
    private static double RateAt(JobCurves curves, int step)
    {
        int at = Array.BinarySearch(curves.Step, step);
        return curves.LearningRate[Math.Clamp(at >= 0 ? at : ~at - 1, 0, curves.LearningRate.Length - 1)];
    }

    private static double[] Cut(IReadOnlyList<double> values, double ceiling) =>
        [.. values.Select(value => double.IsFinite(value) && value <= ceiling ? value : double.NaN)];

    private static double[] Smoothed(double[] values) =>
        [.. values.Select((_, i) => values[Math.Max(0, i - (Window / 2))..Math.Min(values.Length, i + (Window / 2) + 1)].Average())];
}
