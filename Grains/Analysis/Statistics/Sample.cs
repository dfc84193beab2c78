namespace Sweeper.Grains.Analysis.Statistics;

/// <summary>Elementary statistics of a sample.</summary>
internal static class Sample
{
    /// <summary>Sample variance, denominator n - 1; 0 with fewer than two values.</summary>
    public static double Variance(IReadOnlyCollection<double> values)
    {
        if (values.Count < 2)
        {
            return 0;
        }

        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
    }

    /// <summary>Standard error of the mean; null with fewer than two values.</summary>
    public static double? StandardError(IReadOnlyCollection<double> values) =>
        values.Count < 2 ? null : Math.Sqrt(Variance(values) / values.Count);

    /// <summary>Median; the mean of the two middle values where their number is even.</summary>
    /// <param name="values">At least one value, in any order.</param>
    public static double Median(IEnumerable<double> values) => Quantile([.. values.Order()], 0.5);

    /// <summary>Quantile by linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), the default of R and NumPy.</summary>
    /// <param name="sorted">At least one value, rising.</param>
    /// <param name="probability">In [0, 1].</param>
    public static double Quantile(double[] sorted, double probability)
    {
        double position = Math.Clamp(probability, 0, 1) * (sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] == sorted[above] ? sorted[below] : double.Lerp(sorted[below], sorted[above], position - below);
    }
}
