using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Analysis.Statistics;

/// <summary>Spearman's rank correlation, ties sharing their mean rank.</summary>
internal static class RankCorrelation
{
    private const int Resamples = 1000;

    /// <summary>The correlation, in [-1, 1]; null with fewer than three pairs or where one side is constant.</summary>
    /// <param name="xs">Values of one side.</param>
    /// <param name="ys">Values of the other; as many.</param>
    /// <exception cref="ArgumentException">The sides differ in length.</exception>
    public static double? Of(IReadOnlyList<double> xs, IReadOnlyList<double> ys)
    {
        if (xs.Count != ys.Count)
        {
            throw new ArgumentException($"{xs.Count} values on one side and {ys.Count} on the other are no pairs.", nameof(ys));
        }

        if (xs.Count < 3)
        {
            return null;
        }

        double[] rankX = Ranks.Of(xs);
        double[] rankY = Ranks.Of(ys);
        double middle = (xs.Count + 1) / 2.0;
        double both = 0;
        double squaresX = 0;
        double squaresY = 0;
        for (int index = 0; index < rankX.Length; index++)
        {
            double x = rankX[index] - middle;
            double y = rankY[index] - middle;
            both += x * y;
            squaresX += x * x;
            squaresY += y * y;
        }

        return squaresX == 0 || squaresY == 0 ? null : Math.Clamp(both / Math.Sqrt(squaresX * squaresY), -1, 1);
    }

    /// <summary>
    /// One-sided lower bound of the correlation: the percentile at 1 - <paramref name="level"/> of bootstrap resamples of the
    /// pairs. A resample without a correlation counts as -1, so that a bound is never too hopeful.
    /// </summary>
    /// <param name="xs">Values of one side.</param>
    /// <param name="ys">Values of the other; as many.</param>
    /// <param name="level">Confidence; in (0, 1).</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <returns>The bound, in [-1, 1]; null where there is no correlation to bound.</returns>
    public static double? LowerBound(IReadOnlyList<double> xs, IReadOnlyList<double> ys, double level, ulong seed)
    {
        if (Of(xs, ys) is not { } estimate)
        {
            return null;
        }

        var random = new SplitMix(seed);
        double[] values = new double[Resamples];
        for (int resample = 0; resample < Resamples; resample++)
        {
            int[] draw = Bootstrap.Draw(ref random, xs.Count);
            values[resample] = Of([.. draw.Select(index => xs[index])], [.. draw.Select(index => ys[index])]) ?? -1;
        }

        Array.Sort(values);
        return Math.Min(estimate, Sample.Quantile(values, 1 - level));
    }
}
