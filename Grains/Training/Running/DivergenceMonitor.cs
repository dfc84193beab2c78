using System.Globalization;
using Sweeper.Training.Data;

namespace Sweeper.Training.Running;

/// <summary>Applies a <see cref="DivergenceRule"/> to the losses of a run, one by one. A value: copying it saves its state.</summary>
/// <param name="Smoothed">Moving average of the loss.</param>
/// <param name="Best">Least moving average so far; infinite before the first.</param>
/// <param name="StepsAbove">Steps in a row that the average has been above the bound.</param>
internal readonly record struct DivergenceMonitor(SmoothedLoss Smoothed, double Best, int StepsAbove)
{
    /// <summary>Before the first loss.</summary>
    public static DivergenceMonitor Start { get; } = new(default, double.PositiveInfinity, 0);

    /// <summary>The monitor after one more loss, and what it has against it; null: nothing.</summary>
    /// <param name="loss">Loss of a step.</param>
    /// <param name="rule">When a loss counts as diverged.</param>
    /// <param name="task">What is learned.</param>
    public (DivergenceMonitor Next, string? Evidence) Add(double loss, DivergenceRule rule, LearningTask task)
    {
        SmoothedLoss smoothed = Smoothed.Add(loss);
        if (!double.IsFinite(loss))
        {
            return (this with { Smoothed = smoothed }, Text($"the training loss is {loss}"));
        }

        double best = Math.Min(Best, smoothed.Value);
        double bound = Math.Max(rule.TimesBest * best, task.LossOfGuessing + rule.Margin);
        int above = smoothed.Value > bound ? StepsAbove + 1 : 0;
        string? evidence = above >= rule.Patience
            ? Text($"the smoothed training loss, {smoothed.Value:0.###}, has been above {bound:0.###} for {above} steps; its best was {best:0.###}")
            : null;
        return (new(smoothed, best, above), evidence);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
