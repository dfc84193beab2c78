namespace Sweeper.Grains.Analysis.Importance;

/// <summary>
/// Functional ANOVA of trees (Hutter, Hoos and Leyton-Brown, ICML 2014): the variance of the prediction over the whole box,
/// taken apart exactly into what each factor and each pair of factors contributes.
/// </summary>
internal sealed class VarianceShares
{
    private readonly int[] _levels;
    private double _total;

    /// <summary>Nothing added yet.</summary>
    /// <param name="levels">Levels of each factor.</param>
    public VarianceShares(int[] levels)
    {
        _levels = levels;
        Single = new double[levels.Length];
        Pair = new double[levels.Length, levels.Length];
    }

    /// <summary>Variance of each factor's main effect, summed over trees.</summary>
    private double[] Single { get; }

    /// <summary>Variance of each pair beyond the main effects, first factor before second, summed over trees.</summary>
    private double[,] Pair { get; }

    /// <summary>Share of a main effect; 0 where nothing varies.</summary>
    public double Of(int factor) => _total > 0 ? Single[factor] / _total : 0;

    /// <summary>Share of an interaction, <paramref name="first"/> below <paramref name="second"/>.</summary>
    public double Of(int first, int second) => _total > 0 ? Pair[first, second] / _total : 0;

    /// <summary>Adds a tree.</summary>
    /// <param name="leaves">Leaves that fill the box.</param>
    public void Add(IReadOnlyList<Leaf> leaves)
    {
        double mean = leaves.Sum(leaf => leaf.Volume(_levels) * leaf.Accuracy);
        _total += leaves.Sum(leaf => leaf.Volume(_levels) * (leaf.Accuracy - mean) * (leaf.Accuracy - mean));
        double[] single = [.. _levels.Select((_, factor) => MainEffect(leaves, factor, mean))];
        for (int first = 0; first < _levels.Length; first++)
        {
            Single[first] += single[first];
            for (int second = first + 1; second < _levels.Length; second++)
            {
                Pair[first, second] += Math.Max(0, JointEffect(leaves, first, second, mean) - single[first] - single[second]);
            }
        }
    }

    private double MainEffect(IReadOnlyList<Leaf> leaves, int factor, double mean)
    {
        double[] marginal = new double[_levels[factor]];
        foreach (Leaf leaf in leaves)
        {
            double weight = (leaf.Accuracy - mean) * leaf.Volume(_levels) / leaf.Width(factor, _levels);
            for (int level = leaf.From[factor]; level < leaf.To[factor]; level++)
            {
                marginal[level] += weight;
            }
        }

        return marginal.Sum(value => value * value) / marginal.Length;
    }

    private double JointEffect(IReadOnlyList<Leaf> leaves, int first, int second, double mean)
    {
        double[] marginal = new double[_levels[first] * _levels[second]];
        foreach (Leaf leaf in leaves)
        {
            double weight = (leaf.Accuracy - mean) * leaf.Volume(_levels) / (leaf.Width(first, _levels) * leaf.Width(second, _levels));
            for (int row = leaf.From[first]; row < leaf.To[first]; row++)
            {
                for (int column = leaf.From[second]; column < leaf.To[second]; column++)
                {
                    marginal[(row * _levels[second]) + column] += weight;
                }
            }
        }

        return marginal.Sum(value => value * value) / marginal.Length;
    }
}
