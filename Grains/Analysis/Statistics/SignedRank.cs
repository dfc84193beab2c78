using MathNet.Numerics.Distributions;

namespace Sweeper.Grains.Analysis.Statistics;

/// <summary>Wilcoxon's signed rank test of paired differences; differences of 0 are left out, equal ones share their rank.</summary>
internal static class SignedRank
{
    /// <summary>Most differences for which every assignment of signs is counted; beyond it the normal approximation is used.</summary>
    private const int ExactUpTo = 50;

    /// <summary>Two-sided p-value that the differences are symmetric about 0; exact up to fifty of them, ties included.</summary>
    public static double TwoSided(IReadOnlyCollection<double> differences)
    {
        double[] kept = [.. differences.Where(difference => difference != 0)];
        if (kept.Length == 0)
        {
            return 1;
        }

        // Twice the ranks are whole numbers, ties or not.
        int[] doubled = [.. Ranks.Of([.. kept.Select(Math.Abs)]).Select(rank => (int)Math.Round(2 * rank))];
        int positive = doubled.Where((_, index) => kept[index] > 0).Sum();
        int smaller = Math.Min(positive, doubled.Sum() - positive);
        return Math.Min(1, 2 * (kept.Length <= ExactUpTo ? Exact(doubled, smaller) : Approximate(doubled, smaller)));
    }

    /// <summary>Probability that the ranks with a plus sign add up to at most <paramref name="bound"/>.</summary>
    private static double Exact(int[] doubled, int bound)
    {
        double[] probability = new double[doubled.Sum() + 1];
        probability[0] = 1;
        foreach (int rank in doubled)
        {
            for (int sum = probability.Length - 1; sum >= 0; sum--)
            {
                probability[sum] = 0.5 * (probability[sum] + (sum >= rank ? probability[sum - rank] : 0));
            }
        }

        return probability.Take(bound + 1).Sum();
    }

    private static double Approximate(int[] doubled, int bound)
    {
        double mean = doubled.Sum() / 2.0;
        double deviation = Math.Sqrt(doubled.Sum(rank => (double)rank * rank) / 4);
        return Normal.CDF(0, 1, Math.Min(0, (bound + 1 - mean) / deviation)); // half a rank for continuity, doubled
    }
}
