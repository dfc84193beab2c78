using System.Collections.Immutable;
using System.Globalization;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// Vizier's median stopping rule (Golovin et al., KDD 2017, section 3.2.2), for trials at a constant learning rate: a trial is
/// stopped where its best reading so far is worse than the median, over completed trials, of the mean of their readings up to
/// the same point.
/// </summary>
/// <param name="LeastCompleted">Completed trials below which nobody is stopped; at least 1. Vizier names none; Optuna's default is 5.</param>
/// <param name="From">Least fraction of the run at which a trial is judged; in [0, 1).</param>
internal sealed record MedianRule(int LeastCompleted = 5, double From = 0)
{
    /// <summary>What the rule has against a trial; null: nothing.</summary>
    /// <param name="readings">Its readings so far, fractions rising.</param>
    /// <param name="completed">Curves of completed trials of the same schedule and length.</param>
    public string? Against(ReadOnlySpan<CycleReading> readings, ImmutableArray<CycleCurve> completed)
    {
        if (completed.Length < LeastCompleted || readings is not [.., { Fraction: var now }] || now < From || now >= 1)
        {
            return null;
        }

        double best = 0;
        foreach (CycleReading reading in readings)
        {
            best = Math.Max(best, reading.Accuracy);
        }

        double[] means = [.. completed
            .Select(curve => curve.Readings.Where(reading => reading.Fraction <= now + 1e-3).Select(reading => reading.Accuracy).DefaultIfEmpty(0).Average())
            .Order()];
        double median = (means[(means.Length - 1) / 2] + means[means.Length / 2]) / 2;
        return best < median
            ? string.Create(CultureInfo.InvariantCulture, $"its best reading by {now:0%} of the run, {best:0.00%}, is below the median {median:0.00%} of {means.Length} completed trials")
            : null;
    }
}
