namespace Sweeper.Training.Data;

/// <summary>
/// A seeded order of labelled images of which every prefix holds the classes in their proportions: of C classes, one that is a share s of all to
/// within (1 + C s) / 2 images, which is one where all are equally large. Prefixes of one order are nested, which is what training-size
/// sweeps need.
/// </summary>
internal static class StratifiedOrder
{
    /// <summary>Indices of <paramref name="labels"/> in the order. Pure.</summary>
    /// <param name="labels">Class of each image, 0 and up.</param>
    /// <param name="seed">Chooses the order within and among classes.</param>
    /// <param name="purpose">Keeps orders of one seed for different ends apart.</param>
    public static int[] Of(ReadOnlySpan<int> labels, long seed, ulong purpose)
    {
        SeededRandom random = new(seed, purpose);
        int[] order = new int[labels.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        random.Shuffle<int>(order);
        int classes = 0;
        foreach (int label in labels)
        {
            classes = Math.Max(classes, label + 1);
        }

        int[] sizes = new int[classes];
        foreach (int label in labels)
        {
            sizes[label]++;
        }

        // The r-th image of a class of n stands at (r + 1/2) / n of the way: classes advance side by side.
        int[] taken = new int[classes];
        double[] place = new double[labels.Length];
        for (int i = 0; i < order.Length; i++)
        {
            int label = labels[order[i]];
            place[i] = (taken[label]++ + 0.5) / sizes[label];
        }

        // Ties, the rule where classes are equally large, keep the shuffled order: the sort is stable by the index.
        int[] ranks = [.. Enumerable.Range(0, order.Length).OrderBy(i => place[i])];
        return Array.ConvertAll(ranks, rank => order[rank]);
    }
}
