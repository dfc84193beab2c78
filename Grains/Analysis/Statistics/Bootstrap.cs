using MathNet.Numerics.Distributions;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Analysis.Statistics;

/// <summary>Bootstrap intervals (Efron and Tibshirani 1993): how far a statistic varies when the cases are drawn anew, with replacement.</summary>
internal static class Bootstrap
{
    /// <summary>Resamples where nothing else is said.</summary>
    public const int DefaultResamples = 2000;

    /// <summary>Draws <paramref name="count"/> indices with replacement.</summary>
    /// <param name="random">Its state moves on.</param>
    /// <param name="count">Number of cases; at least 1.</param>
    public static int[] Draw(ref SplitMix random, int count)
    {
        int[] draw = new int[count];
        for (int index = 0; index < count; index++)
        {
            draw[index] = random.NextIndex(count);
        }

        return draw;
    }

    /// <summary>Interval between the percentiles of resampled values; both tails are equal.</summary>
    /// <param name="values">Values of the statistic; at least one.</param>
    /// <param name="level">Confidence; in (0, 1).</param>
    public static Interval Percentile(IEnumerable<double> values, double level)
    {
        double[] sorted = [.. values.Order()];
        return new Interval(Sample.Quantile(sorted, (1 - level) / 2), Sample.Quantile(sorted, (1 + level) / 2));
    }

    /// <summary>
    /// Bias-corrected and accelerated interval (BCa; Efron 1987) of a statistic of one sample. Second-order accurate, but with
    /// five cases or fewer no bootstrap reaches its level.
    /// </summary>
    /// <param name="values">The sample; with fewer than two values the interval is a point.</param>
    /// <param name="statistic">The statistic; finite for every resample.</param>
    /// <param name="level">Confidence; in (0, 1).</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <param name="resamples">Number of resamples.</param>
    public static Interval Bca(double[] values, Func<double[], double> statistic, double level, ulong seed, int resamples = DefaultResamples)
    {
        double estimate = statistic(values);
        if (values.Length < 2)
        {
            return new Interval(estimate, estimate);
        }

        double[] sorted = Resample(values, statistic, seed, resamples);
        double below = (sorted.Count(value => value < estimate) + (0.5 * sorted.Count(value => value == estimate))) / resamples;
        double bias = Normal.InvCDF(0, 1, Math.Clamp(below, 0.5 / resamples, 1 - (0.5 / resamples)));
        double acceleration = Acceleration(values, statistic);
        double tail = Normal.InvCDF(0, 1, (1 - level) / 2);
        return new Interval(
            Sample.Quantile(sorted, Shifted(tail, bias, acceleration)),
            Sample.Quantile(sorted, Shifted(-tail, bias, acceleration)));
    }

    private static double[] Resample(double[] values, Func<double[], double> statistic, ulong seed, int resamples)
    {
        var random = new SplitMix(seed);
        double[] results = new double[resamples];
        for (int resample = 0; resample < resamples; resample++)
        {
            results[resample] = statistic([.. Draw(ref random, values.Length).Select(index => values[index])]);
        }

        Array.Sort(results);
        return results;
    }

    private static double Shifted(double tail, double bias, double acceleration) =>
        Normal.CDF(0, 1, bias + ((bias + tail) / (1 - (acceleration * (bias + tail)))));

    /// <summary>Skewness of the statistic by the jackknife.</summary>
    private static double Acceleration(double[] values, Func<double[], double> statistic)
    {
        double[] without = [.. values.Select((_, left) => statistic([.. values.Where((_, index) => index != left)]))];
        double mean = without.Average();
        double squares = without.Sum(value => (mean - value) * (mean - value));
        return squares == 0 ? 0 : without.Sum(value => Math.Pow(mean - value, 3)) / (6 * Math.Pow(squares, 1.5));
    }
}
