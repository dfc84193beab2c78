using MathNet.Numerics.Distributions;

namespace Sweeper.Grains.Analysis.Statistics;

/// <summary>Student's t test of paired differences.</summary>
internal static class PairedT
{
    /// <summary>Two-sided p-value that the mean difference is 0; 1 with fewer than two differences.</summary>
    /// <param name="differences">One difference for each pair.</param>
    /// <param name="resolution">
    /// Step in which the paired values are measured (accuracy on 10,000 images: 1e-4). The differences' variance is taken
    /// to be at least what rounding to it causes, so that equal differences by chance prove nothing. 0: exact values.
    /// </param>
    public static double TwoSided(IReadOnlyCollection<double> differences, double resolution = 0)
    {
        if (differences.Count < 2)
        {
            return 1;
        }

        double mean = differences.Average();
        double variance = Math.Max(Sample.Variance(differences), resolution * resolution / 6);
        if (variance == 0)
        {
            return mean == 0 ? 1 : 0;
        }

        double t = Math.Abs(mean) / Math.Sqrt(variance / differences.Count);
        return Math.Min(1, 2 * StudentT.CDF(0, 1, differences.Count - 1, -t));
    }
}
