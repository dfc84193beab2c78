using CsCheck;
using Sweeper.Grains.Analysis.Statistics;
using Xunit;

namespace Sweeper.Tests.Unit.Analysis.Statistics;

/// <summary>Reference values: SciPy 1.10.1.</summary>
public sealed class PairedTestTests
{
    /// <summary>Darwin's maize (1876), crossed minus self-fertilised, eighths of an inch; Fisher, The Design of Experiments, table 3.</summary>
    private static readonly double[] Maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

    [Fact]
    public void PairedT_DarwinsMaize_GivesSciPysPValue() =>
        Assert.Equal(0.0497029440218009, PairedT.TwoSided(Maize), 1e-9); // ttest_1samp(d, 0): t = 2.148, 14 degrees

    [Fact]
    public void PairedT_EqualDifferencesOfOneStep_ProveNothing()
    {
        Assert.Equal(0, PairedT.TwoSided([0.01, 0.01, 0.01]));
        Assert.True(PairedT.TwoSided([0.01, 0.01, 0.01], resolution: 0.01) > 0.04);
    }

    [Fact]
    public void PairedT_OneDifference_IsNoEvidence() => Assert.Equal(1, PairedT.TwoSided([0.3]));

    [Fact]
    public void SignedRank_DarwinsMaize_GivesSciPysExactPValue() =>
        Assert.Equal(0.041259765625, SignedRank.TwoSided(Maize), 1e-12); // wilcoxon(d, method='exact'): 24

    [Fact]
    public void SignedRank_TiesAndZeros_CountsEverySign() =>
        Assert.Equal(0.1875, SignedRank.TwoSided([1.5, -0.5, 2, 2, 0, -1.5, 3]), 1e-12); // all 64 signs, itertools

    [Fact]
    public void SignedRank_SixtyDifferences_GivesSciPysApproximation() =>
        Assert.Equal( // wilcoxon(d, method='approx', correction=True)
            0.26628823437850624,
            SignedRank.TwoSided([.. Enumerable.Range(0, 60).Select(index => ((index * 37 % 101) - 45) / 10.0)]),
            1e-9);

    [Fact]
    public void SignedRank_NoDifference_IsNoEvidence() => Assert.Equal(1, SignedRank.TwoSided([0, 0, 0]));

    [Fact]
    public void Tests_AnyDifferences_GiveProbabilities() => Gen.Double[-1, 1].Array[0, 12].Sample(differences =>
    {
        Assert.InRange(PairedT.TwoSided(differences), 0, 1);
        Assert.InRange(SignedRank.TwoSided(differences), 0, 1);
    });

    [Fact]
    public void Holm_TextbookValues_AdjustsStepDown() =>
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm").
        Assert.Equal([0.03, 0.06, 0.06, 0.02], Holm.Adjust([0.01, 0.04, 0.03, 0.005]).Select(value => Math.Round(value, 12)));

    [Fact]
    public void AlphaSpending_AllLooks_AddUpToTheWhole() => Gen.Int[1, 40].Sample(looks =>
    {
        double[] shares = [.. Enumerable.Range(0, looks + 3).Select(look => AlphaSpending.AtLook(0.05, look, looks))];
        Assert.All(shares, share => Assert.True(share >= 0));
        Assert.Equal(0.05, shares.Sum(), 1e-12);
    });
}
