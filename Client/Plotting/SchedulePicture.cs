using ScottPlot;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Client.Plotting;

/// <summary>Learning rate and momentum over a trial, as they were.</summary>
internal static class SchedulePicture
{
    /// <summary>Draws it.</summary>
    /// <param name="trial">Short name of the trial.</param>
    /// <param name="configuration">Its point of the space.</param>
    /// <param name="curves">Its curves.</param>
    public static Picture Of(string trial, Configuration configuration, JobCurves curves)
    {
        double[] steps = [.. curves.Step.Select(step => (double)step)];
        Plot rate = PlotTheme.Create($"Schedule of {trial} · {configuration}", "step", "learning rate");
        rate.Add.ScatterLine(steps, curves.LearningRate, PlotTheme.Colors[0]).LineWidth = 2.5f;
        rate.Axes.SetLimitsY(0, curves.LearningRate.Max() * 1.08);
        Plot momentum = PlotTheme.Create("", "step", "momentum");
        momentum.Add.ScatterLine(steps, curves.Momentum, PlotTheme.Colors[1]).LineWidth = 2.5f;
        (double low, double high) = (curves.Momentum.Min(), curves.Momentum.Max());
        double margin = Math.Max(0.01, 0.1 * (high - low));
        momentum.Axes.SetLimitsY(low - margin, high + margin);
        return new Picture("schedule", [rate, momentum]);
    }
}
