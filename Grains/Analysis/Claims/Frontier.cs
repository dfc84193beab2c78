using System.Collections.Immutable;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Analysis.Claims;

/// <summary>
/// Accuracy over length of 1cycle: at each length the configuration with the best mean. Only ends count: what a cycle shows
/// half-way was never annealed.
/// </summary>
/// <param name="Points">One for each length, shortest first; at least one.</param>
internal sealed record Frontier(ImmutableArray<SeedReadings> Points)
{
    /// <summary>Seeds behind the point that has fewest.</summary>
    public int FewestSeeds => Points.Min(point => point.Seeds);

    /// <summary>Length that reaches an accuracy, by the means.</summary>
    public double? StepsTo(double accuracy) => StepsTo(accuracy, [.. Points.Select(point => point.Means[0])]);

    /// <summary>Length that reaches an accuracy with means as other seeds might have given them.</summary>
    public double? StepsTo(double accuracy, ref SplitMix random)
    {
        double[] means = new double[Points.Length];
        for (int point = 0; point < means.Length; point++)
        {
            means[point] = Points[point].Draw(ref random)[0];
        }

        return StepsTo(accuracy, means);
    }

    /// <summary>
    /// First length at which the best so far reaches the accuracy, on straight lines over the logarithm of length. The
    /// shortest length where already that suffices: nothing is extrapolated. Null where no length does.
    /// </summary>
    private double? StepsTo(double accuracy, double[] means)
    {
        double best = double.NegativeInfinity;
        int at = 0;
        for (int point = 0; point < means.Length; point++)
        {
            if (means[point] >= accuracy)
            {
                return point == 0 ? Points[0].Steps[0] : Between(at, best, point, means[point], accuracy);
            }

            // The best so far holds up to here: a longer, worse run does not make the way steeper.
            best = Math.Max(best, means[point]);
            at = point;
        }

        return null;
    }

    private double Between(int from, double start, int to, double end, double accuracy)
    {
        double along = (accuracy - start) / (end - start);
        return Math.Exp(double.Lerp(Math.Log(Points[from].Steps[0]), Math.Log(Points[to].Steps[0]), along));
    }
}
