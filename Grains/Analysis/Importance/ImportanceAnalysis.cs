using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Grains.Analysis.Statistics;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Analysis.Importance;

/// <summary>
/// Main effects and interactions by functional ANOVA of a random forest. Uncertainty: whole forests are grown again on
/// bootstrap samples of the trials. A forest fits some of the noise, so that a factor without effect has a small share, not none.
/// </summary>
internal static class ImportanceAnalysis
{
    private const int Trees = 64;
    private const int Forests = 100;
    private const int TreesOfForest = 8;
    private const double Level = 0.95;

    /// <summary>Shares of the factors and of their pairs, each largest first.</summary>
    /// <param name="outcomes">Outcomes.</param>
    /// <param name="space">The box that they span; at least one factor varies.</param>
    /// <param name="seed">Seed of the forests.</param>
    public static (ImmutableArray<FactorImportance> Factors, ImmutableArray<Interaction> Pairs) Of(
        IReadOnlyList<Outcome> outcomes, FactorSpace space, ulong seed)
    {
        var random = new SplitMix(seed);
        var grid = new LevelGrid(space, outcomes);
        int[] everything = [.. Enumerable.Range(0, outcomes.Count)];
        VarianceShares whole = Forest(grid, everything, Trees, ref random);
        var copies = new VarianceShares[Forests];
        for (int copy = 0; copy < Forests; copy++)
        {
            copies[copy] = Forest(grid, Bootstrap.Draw(ref random, outcomes.Count), TreesOfForest, ref random);
        }

        Factor[] factors = [.. space.Varying.Select(scale => scale.Factor)];
        return (
            [.. factors.Select((factor, index) => MainEffect(factor, index, whole, copies)).OrderByDescending(factor => factor.Share)],
            [.. factors.SelectMany((first, row) => factors.Skip(row + 1).Select((second, next) => Joint(first, second, (row, row + 1 + next), whole, copies)))
                .OrderByDescending(pair => pair.Share)]);
    }

    private static VarianceShares Forest(LevelGrid grid, int[] cases, int trees, ref SplitMix random)
    {
        var shares = new VarianceShares(grid.Levels);
        var tree = new RegressionTree(grid);
        for (int count = 0; count < trees; count++)
        {
            shares.Add(tree.Grow([.. Bootstrap.Draw(ref random, cases.Length).Select(index => cases[index])], ref random));
        }

        return shares;
    }

    private static FactorImportance MainEffect(Factor factor, int index, VarianceShares whole, VarianceShares[] copies)
    {
        double share = Math.Clamp(whole.Of(index), 0, 1);
        Interval interval = Bootstrap.Percentile(copies.Select(copy => Math.Clamp(copy.Of(index), 0, 1)), Level).Around(share);
        return new FactorImportance(factor, share, interval.Lower, interval.Upper);
    }

    private static Interaction Joint(Factor first, Factor second, (int First, int Second) pair, VarianceShares whole, VarianceShares[] copies)
    {
        double share = Math.Clamp(whole.Of(pair.First, pair.Second), 0, 1);
        Interval interval = Bootstrap.Percentile(copies.Select(copy => Math.Clamp(copy.Of(pair.First, pair.Second), 0, 1)), Level).Around(share);
        return new Interaction(first, second, share, interval.Lower, interval.Upper);
    }
}
