using System.Globalization;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>
/// Stops a trial that still knows nothing long after the peak of its learning rate. The other half of the safety stop, a loss
/// that is no number or blows up, is the engine's <c>DivergenceRule</c>: it leaves alone what stays near chance, because
/// 1cycle may recover from a spell there, and around the peak this rule does as well. Ours.
/// </summary>
/// <param name="Grace">How long after the peak chance is forgiven, as a fraction of the run; in (0, 1).</param>
/// <param name="Deviations">Standard deviations of guessing above chance that still count as chance; at least 0.</param>
internal sealed record SafetyStop(double Grace = SafetyStop.DefaultGrace, double Deviations = 3)
{
    /// <summary>Default of <see cref="Grace"/>.</summary>
    public const double DefaultGrace = 0.3;

    /// <summary>
    /// Whether new readings can matter to the rule: those after the peak, until one of them is above chance, which clears the trial
    /// for good.
    /// </summary>
    /// <param name="known">Readings before them.</param>
    /// <param name="fresh">New readings.</param>
    /// <param name="peak">Fraction of the run at the peak of the learning rate.</param>
    /// <param name="classes">Number of classes; 0: numbers are predicted, and accuracies are R².</param>
    /// <param name="images">Validation images; at least 1.</param>
    public bool Wants(ReadOnlySpan<CycleReading> known, ReadOnlySpan<CycleReading> fresh, double peak, int classes, int images) =>
        fresh is [.., var last] && last.Fraction > peak && !LeftChance(known, peak, Bound(classes, images));

    /// <summary>What the rule has against a trial; null: nothing.</summary>
    /// <param name="readings">Readings so far, fractions rising.</param>
    /// <param name="peak">Fraction of the run at the peak of the learning rate; <see cref="SchedulePeak"/>.</param>
    /// <param name="classes">Number of classes; 0: numbers are predicted, and accuracies are R².</param>
    /// <param name="images">Validation images; at least 1.</param>
    public string? AtChance(ReadOnlySpan<CycleReading> readings, double peak, int classes, int images)
    {
        if (readings is not [.., { Fraction: var now }] || now <= peak + Grace)
        {
            return null;
        }

        double bound = Bound(classes, images);
        if (LeftChance(readings, peak, bound))
        {
            return null;
        }

        int sincePeak = 0;
        foreach (CycleReading reading in readings)
        {
            sincePeak += reading.Fraction > peak ? 1 : 0;
        }

        return classes == 0 ? string.Create(
            CultureInfo.InvariantCulture,
            $"R² in all {sincePeak} readings since the peak of the learning rate at {peak:0%} of the run is no better than that of the mean, 0, the last one {readings[^1].Accuracy:0.00%} at {now:0%}")
            : string.Create(
            CultureInfo.InvariantCulture,
            $"all {sincePeak} readings since the peak of the learning rate at {peak:0%} of the run are at chance, the last one {readings[^1].Accuracy:0.00%} at {now:0%}; guessing has {1.0 / classes:0.00%} and seldom more than {bound:0.00%}");
    }

    /// <summary>Accuracy that guessing seldom exceeds; R² of the mean.</summary>
    private double Bound(int classes, int images)
    {
        if (classes == 0)
        {
            return 0;
        }

        double chance = 1.0 / classes;
        return chance + (Deviations * Math.Sqrt(chance * (1 - chance) / images));
    }

    private static bool LeftChance(ReadOnlySpan<CycleReading> readings, double peak, double bound)
    {
        foreach (CycleReading reading in readings)
        {
            if (reading.Fraction > peak && reading.Accuracy > bound)
            {
                return true;
            }
        }

        return false;
    }
}
