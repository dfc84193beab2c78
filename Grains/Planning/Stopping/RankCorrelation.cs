namespace Sweeper.Grains.Planning.Stopping;

/// <summary>Spearman's rank correlation and its bootstrap bound.</summary>
internal static class RankCorrelation
{
    private const int Resamples = 1_000;

    /// <summary>Spearman's rho: Pearson's correlation of the ranks, ties sharing their mean rank. 0 where one side is constant.</summary>
    /// <param name="xs">Values of one side.</param>
    /// <param name="ys">Values of the other, as many.</param>
    public static double Of(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys) => Pearson(Ranks(xs), Ranks(ys));

    /// <summary>One-sided lower bound: the percentile bootstrap over pairs, 1,000 resamples (Efron and Tibshirani, 1993, chapter 13).</summary>
    /// <param name="xs">Values of one side.</param>
    /// <param name="ys">Values of the other, as many.</param>
    /// <param name="level">Level of the bound, in (0.5, 1).</param>
    /// <param name="seed">Seed of the resampling.</param>
    public static double LowerBound(ReadOnlySpan<double> xs, ReadOnlySpan<double> ys, double level, int seed)
    {
        var random = new SplitMix((ulong)(uint)seed);
        double[] rhos = new double[Resamples];
        double[] left = new double[xs.Length];
        double[] right = new double[xs.Length];
        for (int resample = 0; resample < Resamples; resample++)
        {
            for (int i = 0; i < left.Length; i++)
            {
                int drawn = random.NextIndex(left.Length);
                left[i] = xs[drawn];
                right[i] = ys[drawn];
            }

            rhos[resample] = Of(left, right);
        }

        Array.Sort(rhos);
        return rhos[(int)((1 - level) * Resamples)];
    }

    private static double[] Ranks(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        int[] order = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, order);
        double[] ranks = new double[sorted.Length];
        for (int start = 0; start < sorted.Length;)
        {
            int end = start;
            while (end < sorted.Length && sorted[end].Equals(sorted[start]))
            {
                end++;
            }

            for (int i = start; i < end; i++)
            {
                ranks[order[i]] = (start + end - 1) / 2.0;
            }

            start = end;
        }

        return ranks;
    }

    private static double Pearson(double[] xs, double[] ys)
    {
        double meanX = xs.Average();
        double meanY = ys.Average();
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < xs.Length; i++)
        {
            xy += (xs[i] - meanX) * (ys[i] - meanY);
            xx += (xs[i] - meanX) * (xs[i] - meanX);
            yy += (ys[i] - meanY) * (ys[i] - meanY);
        }

        return xx > 0 && yy > 0 ? xy / Math.Sqrt(xx * yy) : 0;
    }
}
