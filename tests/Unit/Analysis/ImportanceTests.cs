using Sweeper.Contracts.Analysis;
using Sweeper.Grains.Analysis;
using Sweeper.Grains.Analysis.Importance;
using Xunit;

namespace Sweeper.Tests.Unit.Analysis;

public sealed class ImportanceTests
{
    [Fact]
    public void Of_PlantedInteraction_RanksItFirst()
    {
        var (factors, pairs) = Of(TrialTables.Random(200, 1, noise: 0.002, (rate, _, decay, _) => 0.8 + (0.01 * rate) - (0.08 * rate * decay)));

        Assert.Equal((Factor.MaxLearningRate, Factor.WeightDecay), (pairs[0].First, pairs[0].Second));
        Assert.True(pairs[0].Share > 0.4, $"{pairs[0]}");
        Assert.True(pairs[0].Lower > pairs[1].Share, $"{pairs[0]} {pairs[1]}");
        Assert.True(pairs[0].Share > factors[0].Share);
    }

    [Fact]
    public void Of_OneFactorAtWork_GivesItNearlyAll()
    {
        var (factors, _) = Of(TrialTables.Random(150, 2, noise: 0.001, (_, _, _, dropout) => 0.8 - (0.05 * dropout)));

        Assert.Equal(Factor.Dropout, factors[0].Factor);
        Assert.True(factors[0].Lower > 0.9, $"{factors[0]}");
    }

    [Fact]
    public void VarianceShares_TreeWithKnownEffects_AreExact()
    {
        // Two factors of two levels, cells 0, 0, 0, 4: mean 1, variance 3, each main effect 1, interaction 1.
        var shares = new VarianceShares([2, 2]);
        shares.Add([new Leaf([0, 0], [1, 2], 0), new Leaf([1, 0], [2, 1], 0), new Leaf([1, 1], [2, 2], 4)]);

        Assert.Equal(1.0 / 3, shares.Of(0), 1e-12);
        Assert.Equal(1.0 / 3, shares.Of(1), 1e-12);
        Assert.Equal(1.0 / 3, shares.Of(0, 1), 1e-12);
    }

    private static (IReadOnlyList<FactorImportance> Factors, IReadOnlyList<Interaction> Pairs) Of(AnalysedTrial[] trials)
    {
        var outcomes = TrialTables.Outcomes(trials);
        var (factors, pairs) = ImportanceAnalysis.Of(outcomes, new FactorSpace(outcomes), seed: 1);
        return (factors, pairs);
    }
}
