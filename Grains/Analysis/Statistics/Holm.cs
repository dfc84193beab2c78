namespace Sweeper.Grains.Analysis.Statistics;

/// <summary>Holm's step-down correction for several tests (1979).</summary>
internal static class Holm
{
    /// <summary>Adjusted p-values in the order given: rejecting those up to a level errs once or more with at most that probability.</summary>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        double[] adjusted = new double[pValues.Count];
        double largest = 0;
        int left = pValues.Count;
        foreach (int index in Enumerable.Range(0, pValues.Count).OrderBy(index => pValues[index]))
        {
            largest = Math.Max(largest, Math.Min(1, pValues[index] * left));
            adjusted[index] = largest;
            left--;
        }

        return adjusted;
    }
}
