using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Analysis.Importance;

/// <summary>A regression tree over levels (Breiman et al. 1984), each split the best of a random choice of factors (Breiman 2001).</summary>
/// <param name="grid">Levels and accuracies.</param>
internal sealed class RegressionTree(LevelGrid grid)
{
    private const int SmallestLeaf = 3;

    /// <summary>Chance that a factor is tried for a split: high, since there are four of them at most.</summary>
    private const double TryFactor = 0.75;

    private readonly List<Leaf> _leaves = [];

    /// <summary>Grows a tree.</summary>
    /// <param name="draw">Indices of the outcomes that it learns from; may repeat. At least one.</param>
    /// <param name="random">Its state moves on.</param>
    /// <returns>Leaves that together fill the box.</returns>
    public IReadOnlyList<Leaf> Grow(int[] draw, ref SplitMix random)
    {
        _leaves.Clear();
        Split(draw, new int[grid.Levels.Length], [.. grid.Levels], ref random);
        return [.. _leaves];
    }

    private void Split(int[] cases, int[] from, int[] to, ref SplitMix random)
    {
        (int factor, int cut) = BestSplit(cases, from, to, ref random);
        if (factor < 0)
        {
            _leaves.Add(new Leaf(from, to, cases.Average(index => grid.Accuracies[index])));
            return;
        }

        int[] middleTo = [.. to];
        int[] middleFrom = [.. from];
        middleTo[factor] = cut;
        middleFrom[factor] = cut;
        Split([.. cases.Where(index => grid.Cells[index][factor] < cut)], from, middleTo, ref random);
        Split([.. cases.Where(index => grid.Cells[index][factor] >= cut)], middleFrom, to, ref random);
    }

    /// <summary>Factor and first level of the upper part; factor -1 where no split is worth it.</summary>
    private (int Factor, int Cut) BestSplit(int[] cases, int[] from, int[] to, ref SplitMix random)
    {
        (int Factor, int Cut) best = (-1, 0);
        if (cases.Length < 2 * SmallestLeaf)
        {
            return best;
        }

        double mean = cases.Average(index => grid.Accuracies[index]);
        double most = 1e-12;
        for (int factor = 0; factor < from.Length; factor++)
        {
            bool tried = random.NextDouble() < TryFactor;
            if (!tried || to[factor] - from[factor] < 2)
            {
                continue;
            }

            (double gain, int cut) = BestCut(cases, factor, from[factor], to[factor], mean);
            if (gain > most)
            {
                (most, best) = (gain, (factor, cut));
            }
        }

        return best;
    }

    private (double Gain, int Cut) BestCut(int[] cases, int factor, int from, int to, double mean)
    {
        int[] counts = new int[to - from];
        double[] sums = new double[to - from];
        foreach (int index in cases)
        {
            int level = grid.Cells[index][factor] - from;
            counts[level]++;
            sums[level] += grid.Accuracies[index] - mean;
        }

        (double Gain, int Cut) best = (0, 0);
        int below = 0;
        double sum = 0;
        for (int level = 0; level + 1 < counts.Length; level++)
        {
            below += counts[level];
            sum += sums[level];
            int above = cases.Length - below;
            double gain = below < SmallestLeaf || above < SmallestLeaf ? 0 : sum * sum * ((1.0 / below) + (1.0 / above));
            if (gain > best.Gain)
            {
                best = (gain, from + level + 1);
            }
        }

        return best;
    }
}
