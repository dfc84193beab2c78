using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// Results as a Gaussian process likes them: mean 0, variance 1, and the worse half drawn in, since it matters little how
/// bad a bad point is, and one huge value would flatten the good ones. The transformation is ours.
/// </summary>
internal static class Targets
{
    /// <summary>How far above the median a value may lie, in distances of the best value from the median.</summary>
    private const double MostAbove = 4;

    /// <summary>A target for each finished observation of <paramref name="evidence"/>, in its order; a failure's is the greatest.</summary>
    /// <param name="evidence">At least one success.</param>
    public static ImmutableArray<double> Of(Evidence evidence)
    {
        ImmutableArray<Observation> ranked = evidence.Ranked;
        double best = ranked[0].Loss;
        double median = ranked[evidence.Successes / 2].Loss;
        double worst = ranked[evidence.Successes - 1].Loss;
        double scale = median > best ? median - best : worst - best;
        if (!(scale > 0) || !double.IsFinite(scale))
        {
            scale = 1;
        }

        double[] values = [.. ranked.Select(observation => Drawn((Math.Min(observation.Loss, worst) / scale) - (median / scale)))];
        if (evidence.Successes < values.Length)
        {
            double failure = values[evidence.Successes - 1] + 1; // distinctly worse than the worst, by one distance of best and median
            values.AsSpan(evidence.Successes).Fill(failure);
        }

        double mean = values.Average();
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return [.. values.Select(value => deviation > 1e-12 ? (value - mean) / deviation : 0)];
    }

    private static double Drawn(double above) => above <= 0 ? above : Math.Min(Math.Log(1 + above), MostAbove);
}
