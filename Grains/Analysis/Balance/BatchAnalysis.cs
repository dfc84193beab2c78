using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Grains.Analysis.Statistics;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Analysis.Balance;

/// <summary>Batch sizes at equal wall time, as Smith compares them (arXiv:1803.09820, section 4.2).</summary>
/// <param name="Batches">One for each batch size, smallest first; empty with a gap.</param>
/// <param name="Gain">Accuracy of the largest batch size minus that of the smallest; null with a gap.</param>
/// <param name="Needs">What is missing; null where nothing is.</param>
internal sealed record BatchAnalysis(ImmutableArray<BatchAtEqualTime> Batches, PointsInterval? Gain, string? Needs)
{
    private const int FewestTrials = 2;
    private const int Resamples = 1000;
    private const double Level = 0.95;

    /// <summary>Times that differ by less are called equal: the same work takes that much longer on a busy machine.</summary>
    private const double TimeTolerance = 1.1;

    /// <summary>The analysis. Trials of every length count; diverged ones do not.</summary>
    /// <param name="finished">Finished trials.</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static BatchAnalysis Of(IEnumerable<Outcome> finished, ulong seed)
    {
        Outcome[][] groups =
        [
            .. finished
                .Where(outcome => double.IsFinite(outcome.Trial.Seconds) && outcome.Trial.Seconds > 0 && double.IsFinite(outcome.Trial.Epochs) && outcome.Trial.Epochs > 0)
                .GroupBy(outcome => outcome.Trial.BatchSize)
                .Where(group => group.Count() >= FewestTrials)
                .OrderBy(group => group.Key)
                .Select(group => group.ToArray()),
        ];
        if (groups.Length < 2)
        {
            return Gap("not enough data: needs at least 2 batch sizes with at least 2 finished and timed trials each");
        }

        double seconds = TimeTolerance * groups.Min(group => TimedSetting.Of(group)[^1].Seconds);
        int[] late = [.. groups.Where(group => TimedSetting.Within(TimedSetting.Of(group), seconds) is null).Select(group => group[0].Trial.BatchSize)];
        return late.Length > 0
            ? Gap(FormattableString.Invariant($"not enough data: needs runs of batch {string.Join(", ", late)} that end within {seconds:0.#} s, the longest that every batch size has had"))
            : Compare(groups, seconds, seed);
    }

    private static BatchAnalysis Gap(string needs) => new([], null, needs);

    private static BatchAnalysis Compare(Outcome[][] groups, double seconds, ulong seed)
    {
        var random = new SplitMix(seed);
        double[] speeds = [.. groups.Select(group => Sample.Median(group.Select(outcome => outcome.Trial.Epochs / outcome.Trial.Seconds)))];
        double fastest = speeds.Max();
        var copies = new double[groups.Length][];
        var batches = ImmutableArray.CreateBuilder<BatchAtEqualTime>();
        for (int index = 0; index < groups.Length; index++)
        {
            TimedSetting[] settings = TimedSetting.Of(groups[index]);
            (double accuracy, double rate) = TimedSetting.Within(settings, seconds)!.Value; // checked by the caller
            copies[index] = Resample(groups[index], seconds, accuracy, ref random);
            Interval interval = Bootstrap.Percentile(copies[index], Level).Symmetric(accuracy);
            batches.Add(new BatchAtEqualTime(
                groups[index][0].Trial.BatchSize, settings.Length, groups[index].Length, seconds, accuracy, Math.Max(0, interval.Lower), Math.Min(1, interval.Upper), rate, speeds[index] / fastest));
        }

        double gain = 100 * (batches[^1].Accuracy - batches[0].Accuracy);
        Interval difference = Bootstrap.Percentile(copies[^1].Zip(copies[0], (large, small) => 100 * (large - small)), Level).Symmetric(gain);
        return new BatchAnalysis(batches.ToImmutable(), new PointsInterval(gain, difference.Lower, difference.Upper), null);
    }

    /// <summary>Accuracies of resamples; one of which nothing ended in time counts as <paramref name="whole"/>.</summary>
    private static double[] Resample(Outcome[] group, double seconds, double whole, ref SplitMix random)
    {
        double[] copies = new double[Resamples];
        for (int copy = 0; copy < Resamples; copy++)
        {
            TimedSetting[] settings = TimedSetting.Of(Bootstrap.Draw(ref random, group.Length).Select(index => group[index]));
            copies[copy] = TimedSetting.Within(settings, seconds)?.Accuracy ?? whole;
        }

        return copies;
    }
}
