using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Training.Data;

namespace Sweeper.Training.RangeTests;

/// <summary>
/// Reads a linear range test as Smith does by eye (arXiv:1506.01186, section 3.3; arXiv:1708.07120, section 3). The
/// numbers that replace the eye are ours: accuracy smoothed over 5 readings; maximum = largest rate with at least 0.9 of
/// the best accuracy; R = accuracy over the top fifth of the ramp to the best one, judged by <see cref="VerdictBounds"/>.
/// </summary>
internal static class SmithRule
{
    private const int Window = 5;
    private const double NearBest = 0.9;
    private const double TopFifth = 0.8;
    private const double FirstRateDivisor = 10;
    private const double LargeOverUsual = 10;
    private const double LearnedSomething = 0.1;
    private const double Forgotten = 0.5;
    private const double LossFell = 0.8;

    /// <summary>Verdict and rates of a curve.</summary>
    /// <param name="curve">What was measured.</param>
    /// <param name="task">What is learned.</param>
    /// <param name="usualRate">Rate that such a network is usually trained with; null: not known.</param>
    /// <param name="bounds">What counts as flat and as collapsed; null: <see cref="VerdictBounds.Default"/>.</param>
    public static SmithReading Read(RangeTestCurve curve, LearningTask task, double? usualRate, VerdictBounds? bounds = null)
    {
        ImmutableArray<RangeTestReading> readings = [.. curve.Readings.Where(reading => double.IsFinite(reading.Accuracy))];
        if (readings.Length < Window)
        {
            return Nothing(Text($"held-out {task.ScoreWord} was read {readings.Length} times, the rule needs {Window}"), null);
        }

        double chance = task.ScoreOfGuessing;
        double[] smooth = Smooth(readings);
        double best = smooth.Max();
        if (best - chance < LearnedSomething * (1 - chance))
        {
            return Nothing(Text($"the network learned nothing: best {task.ScoreWord} {best:0.000}, by chance {chance:0.000}") + Lagging(curve), best);
        }

        int last = Array.FindLastIndex(smooth, accuracy => accuracy >= NearBest * best);
        double max = readings[last].LearningRate;
        double flatness = Flatness(curve, readings, smooth) / best;
        (SuperConvergenceVerdict verdict, string evidence) = Judge(curve, flatness, (task, best), usualRate, bounds ?? VerdictBounds.Default);
        if (Relapse(smooth, best) is { } fall && verdict != SuperConvergenceVerdict.NotPossible)
        {
            last = fall.Before;
            max = readings[last].LearningRate;
            verdict = SuperConvergenceVerdict.Inconclusive;
            evidence = Text($"{task.ScoreWord} is at its best, {smooth[0]:0.000}, where the ramp begins, and falls to {fall.Low:0.000} on the way, as of a network that was trained before: rates beyond {max:0.####} make it forget");
        }
        else if (last == readings.Length - 1 && curve.DivergedAt is null)
        {
            evidence += Text($"; {task.ScoreWord} is still near its best at the last reading, so the maximum may lie beyond {max:0.####}");
        }

        return max > 0
            ? new(verdict, evidence, new Suggestion.Found(max), new Suggestion.Found(max / FirstRateDivisor), flatness, best)
            : Nothing($"{task.ScoreWord} is near its best at a rate of 0 only", best);
    }

    /// <summary>Where a network that knew all at the start lost half of it on the way: the last reading before the fall, and the lowest; null where none did.</summary>
    private static (int Before, double Low)? Relapse(double[] smooth, double best)
    {
        int fall = Array.FindIndex(smooth, accuracy => accuracy < NearBest * best);
        return fall > 0 && smooth.Min() < Forgotten * best ? (fall - 1, smooth.Min()) : null;
    }

    /// <summary>What a training loss that fell has to say where no held-out reading did.</summary>
    private static string Lagging(RangeTestCurve curve)
    {
        double[] losses = [.. curve.Points.Select(point => point.SmoothedLoss).Where(double.IsFinite)];
        return losses.Length > 1 && losses.Min() < LossFell * losses[0]
            ? Text($"; its training loss fell from {losses[0]:0.###} to {losses.Min():0.###} all the same, so batch-norm statistics may lag behind so short a ramp: make it longer, or the momentum of batch norm larger")
            : "";
    }

    private static (SuperConvergenceVerdict Verdict, string Evidence) Judge(
        RangeTestCurve curve, double flatness, (LearningTask Task, double Value) best, double? usualRate, VerdictBounds bounds)
    {
        double highest = curve.HighestLearningRate;
        string seen = Text($"R = {flatness:0.00}: {best.Task.ScoreWord} over the top fifth of rates to {highest:0.####} against the best, {best.Value:0.000}");
        if (curve.DivergedAt is { } rate && flatness < bounds.Flat)
        {
            return Diverged(seen, rate, curve.IsRepeat, usualRate);
        }

        string judged = best.Task.IsRegression ? $"{seen}; how often the rule errs was measured with accuracies, not with R²" : $"{seen}; {VerdictError.For(curve.ImagesPerReading).Words}";
        return flatness switch
        {
            _ when flatness >= bounds.Flat && usualRate is null =>
                (SuperConvergenceVerdict.Possible, Text($"{judged}; whether that is far above the usual rate was not judged")),
            _ when flatness >= bounds.Flat && highest < LargeOverUsual * usualRate =>
                (SuperConvergenceVerdict.Inconclusive, Text($"{seen}; the ramp ends below ten times the usual rate, {usualRate:0.####}")),
            _ when flatness >= bounds.Flat => (SuperConvergenceVerdict.Possible, judged),
            _ when flatness < bounds.Collapsed => (SuperConvergenceVerdict.NotPossible, judged),
            _ => (SuperConvergenceVerdict.Inconclusive, Text($"{seen}; between {bounds.Collapsed} and {bounds.Flat}: a longer ramp may tell")),
        };
    }

    // A ramp may rise too fast (arXiv:1803.09820, section 4.1): only where a slower one diverges too does it conclude, and
    // then only where the rate that it reached is no large one.
    private static (SuperConvergenceVerdict Verdict, string Evidence) Diverged(string seen, double rate, bool isRepeat, double? usualRate) =>
        (isRepeat, LargeOverUsual * usualRate > rate) switch
        {
            (false, _) => (SuperConvergenceVerdict.Inconclusive, Text($"{seen}; the loss diverged at {rate:0.####}: repeat the ramp over four times the steps before concluding")),
            (true, true) => (SuperConvergenceVerdict.NotPossible, Text($"{seen}; the loss diverged again, at {rate:0.####}, which is below ten times the usual rate, {usualRate:0.####}")),
            (true, false) => (SuperConvergenceVerdict.Inconclusive, Text($"{seen}; the loss diverged again, at {rate:0.####}: a ramp to a lower rate may tell")),
        };

    // Mean smoothed accuracy over the top fifth of the ramp; the part that divergence cut off counts as nothing right.
    private static double Flatness(RangeTestCurve curve, ImmutableArray<RangeTestReading> readings, double[] smooth)
    {
        double lowest = curve.Points.IsEmpty ? 0 : curve.Points[0].LearningRate;
        double threshold = lowest + (TopFifth * (curve.HighestLearningRate - lowest));
        double sum = 0;
        int count = 0;
        for (int i = 0; i < smooth.Length; i++)
        {
            if (readings[i].LearningRate >= threshold)
            {
                sum += smooth[i];
                count++;
            }
        }

        double reached = curve.DivergedAt is { } rate
            ? Math.Clamp((rate - threshold) / (curve.HighestLearningRate - threshold), 0, 1)
            : 1;
        return count == 0 ? 0 : reached * sum / count;
    }

    // Centred mean, narrower at both ends. An R² below that of guessing counts as guessing: it has no bound, and one would pull all around it down.
    private static double[] Smooth(ImmutableArray<RangeTestReading> readings)
    {
        double[] smooth = new double[readings.Length];
        for (int i = 0; i < smooth.Length; i++)
        {
            int start = Math.Max(0, i - (Window / 2));
            int end = Math.Min(smooth.Length, i + (Window / 2) + 1);
            for (int j = start; j < end; j++)
            {
                smooth[i] += Math.Max(0, readings[j].Accuracy) / (end - start);
            }
        }

        return smooth;
    }

    private static SmithReading Nothing(string reason, double? best) => new(
        SuperConvergenceVerdict.Inconclusive, reason, new Suggestion.None(reason), new Suggestion.None(reason), null, best);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
