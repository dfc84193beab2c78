namespace Sweeper.Grains.Analysis.Statistics;

/// <summary>Ranks with ties.</summary>
internal static class Ranks
{
    /// <summary>Rank of each value from 1, equal values sharing the mean of their ranks.</summary>
    public static double[] Of(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(index => values[index])];
        double[] ranks = new double[order.Length];
        int start = 0;
        while (start < order.Length)
        {
            int end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]])
            {
                end++;
            }

            for (int place = start; place < end; place++)
            {
                ranks[order[place]] = (start + 1 + end) / 2.0;
            }

            start = end;
        }

        return ranks;
    }
}
