using Sweeper.Contracts.Analysis;

namespace Sweeper.Grains.Analysis.Balance;

/// <summary>A configuration with what it took and reached, averaged over its replicates.</summary>
/// <param name="Seconds">Mean wall time in seconds.</param>
/// <param name="Accuracy">Mean accuracy.</param>
/// <param name="MaxLearningRate">Its maximum learning rate.</param>
/// <param name="Trials">Replicates.</param>
internal readonly record struct TimedSetting(double Seconds, double Accuracy, double MaxLearningRate, int Trials)
{
    /// <summary>The configurations of the outcomes, quickest first.</summary>
    public static TimedSetting[] Of(IEnumerable<Outcome> outcomes) =>
    [
        .. outcomes
            .GroupBy(outcome => outcome.Trial.Setting)
            .Select(group => new TimedSetting(
                group.Average(outcome => outcome.Trial.Seconds),
                group.Average(outcome => outcome.Accuracy),
                group.First()[Factor.MaxLearningRate],
                group.Count()))
            .OrderBy(setting => setting.Seconds),
    ];

    /// <summary>
    /// Best accuracy within a time: the best so far of those that ended in it, and between it and the next one that did not
    /// the straight line over the logarithm of time. Null where none ended in time.
    /// </summary>
    /// <param name="settings">Quickest first.</param>
    /// <param name="seconds">The time.</param>
    public static (double Accuracy, double MaxLearningRate)? Within(TimedSetting[] settings, double seconds)
    {
        TimedSetting? best = null;
        foreach (TimedSetting setting in settings)
        {
            if (setting.Seconds > seconds)
            {
                return best is { } before ? (Between(settings, before, setting, seconds), before.MaxLearningRate) : null;
            }

            best = best is { } so && so.Accuracy >= setting.Accuracy ? best : setting;
        }

        return best is { } last ? (last.Accuracy, last.MaxLearningRate) : null;
    }

    private static double Between(TimedSetting[] settings, TimedSetting best, TimedSetting next, double seconds)
    {
        double from = settings.Last(setting => setting.Seconds <= seconds).Seconds;
        double along = Math.Log(seconds / from) / Math.Log(next.Seconds / from);
        return double.Lerp(best.Accuracy, Math.Max(best.Accuracy, next.Accuracy), along);
    }
}
