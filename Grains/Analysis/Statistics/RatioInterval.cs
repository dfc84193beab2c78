using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Analysis.Statistics;

/// <summary>Bootstrap interval of a ratio of two independent means.</summary>
internal static class RatioInterval
{
    /// <summary>Percentile interval of mean of <paramref name="numerators"/> over mean of <paramref name="denominators"/>.</summary>
    /// <param name="numerators">At least one value.</param>
    /// <param name="denominators">At least one value, all greater than 0.</param>
    /// <param name="level">Confidence; in (0, 1).</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <param name="resamples">Number of resamples.</param>
    public static Interval Of(
        double[] numerators, double[] denominators, double level, ulong seed, int resamples = Bootstrap.DefaultResamples)
    {
        var random = new SplitMix(seed);
        double[] ratios = new double[resamples];
        for (int resample = 0; resample < resamples; resample++)
        {
            double above = Bootstrap.Draw(ref random, numerators.Length).Average(index => numerators[index]);
            ratios[resample] = above / Bootstrap.Draw(ref random, denominators.Length).Average(index => denominators[index]);
        }

        return Bootstrap.Percentile(ratios, level);
    }
}
