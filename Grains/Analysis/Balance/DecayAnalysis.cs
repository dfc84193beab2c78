using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Grains.Analysis.Statistics;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Analysis.Balance;

/// <summary>Best weight decay at each maximum learning rate, and how it moves with the rate.</summary>
/// <param name="Bins">Best weight decay in each bin of rates, lowest first; empty where no bin has enough.</param>
/// <param name="Slope">Decades of weight decay for each decade of rate, below 0 where the best falls; null with fewer than two bins.</param>
/// <param name="SlopeInterval">95% bootstrap interval of the slope.</param>
internal sealed record DecayAnalysis(ImmutableArray<DecayAtRate> Bins, double? Slope, Interval? SlopeInterval)
{
    private const int FewestTrials = 4;
    private const int Resamples = 1000;
    private const double Level = 0.95;

    /// <summary>What a bin needs, for a gap.</summary>
    public const string Needs = "not enough data: needs at least 4 trials of at least 2 weight decays at similar learning rates";

    /// <summary>The analysis. Diverged trials count as the worst accuracy, so that a weight decay that diverges is no candidate.</summary>
    /// <param name="outcomes">Outcomes.</param>
    /// <param name="space">The box that they span; may be one in which nothing varies.</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static DecayAnalysis Of(IReadOnlyList<Outcome> outcomes, FactorSpace space, ulong seed)
    {
        FactorScale scale = space[Factor.WeightDecay];
        var levels = new DecayLevels(outcomes, scale);
        Outcome[][] bins = [.. RateBins.Of(outcomes).Where(bin => bin.Length >= FewestTrials && bin.Select(levels.Of).Distinct().Count() > 1)];
        if (!scale.Varies || bins.Length == 0)
        {
            return new DecayAnalysis([], null, null);
        }

        int[][] copies = Resample(bins, levels, seed);
        int[] best = [.. bins.Select(bin => Best(bin, levels).Level)];
        double[] rates = [.. bins.Select(bin => bin.Average(outcome => Math.Log10(outcome[Factor.MaxLearningRate])))];
        double? slope = Slopes(rates, best, levels);
        return new DecayAnalysis(
            [.. bins.Select((bin, index) => Report(bin, levels, [.. copies.Select(copy => copy[index])]))],
            slope,
            slope is null ? null : Bootstrap.Percentile(copies.Select(copy => Slopes(rates, copy, levels)!.Value), Level).Around(slope.Value));
    }

    private static DecayAtRate Report(Outcome[] bin, DecayLevels levels, int[] copies)
    {
        (int best, double accuracy) = Best(bin, levels);
        int[] tried = [.. bin.Select(levels.Of).Distinct().Order()];
        double value = levels.ValueOf(best);
        Interval interval = Bootstrap.Percentile(copies.Select(levels.ValueOf), Level).Around(value);
        return new DecayAtRate(
            bin.Min(outcome => outcome[Factor.MaxLearningRate]),
            bin.Max(outcome => outcome[Factor.MaxLearningRate]),
            bin.Length,
            value,
            interval.Lower,
            interval.Upper,
            accuracy,
            best == tried[0] || best == tried[^1]);
    }

    /// <summary>Best level of each bin (columns) in each resample (rows).</summary>
    private static int[][] Resample(Outcome[][] bins, DecayLevels levels, ulong seed)
    {
        var random = new SplitMix(seed);
        int[][] copies = new int[Resamples][];
        for (int copy = 0; copy < Resamples; copy++)
        {
            copies[copy] = new int[bins.Length];
            for (int bin = 0; bin < bins.Length; bin++)
            {
                int index = bin;
                copies[copy][bin] = Best([.. Bootstrap.Draw(ref random, bins[bin].Length).Select(draw => bins[index][draw])], levels).Level;
            }
        }

        return copies;
    }

    private static (int Level, double Accuracy) Best(Outcome[] bin, DecayLevels levels)
    {
        double[] sums = new double[levels.Count];
        int[] counts = new int[levels.Count];
        foreach (Outcome outcome in bin)
        {
            int level = levels.Of(outcome);
            sums[level] += outcome.Accuracy;
            counts[level]++;
        }

        (int Level, double Accuracy) best = (-1, double.NegativeInfinity);
        for (int level = 0; level < sums.Length; level++)
        {
            if (counts[level] > 0 && sums[level] / counts[level] > best.Accuracy)
            {
                best = (level, sums[level] / counts[level]);
            }
        }

        return best;
    }

    private static double? Slopes(double[] rates, int[] best, DecayLevels levels)
    {
        double mean = rates.Average();
        double spread = rates.Sum(rate => (rate - mean) * (rate - mean));
        return rates.Length < 2 || spread < 1e-9 ? null : rates.Select((rate, index) => (rate - mean) * levels.Positions[best[index]]).Sum() / spread;
    }
}
