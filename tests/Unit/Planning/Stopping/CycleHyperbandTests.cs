using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

public sealed class CycleHyperbandTests
{
    private static readonly CycleHyperbandSettings Halving = new() { LongestEpochs = 18, WholeShare = 0 };

    [Fact]
    public void Rungs_OfNinthAndEtaThree_AreThreeLengths() => Assert.Equal([2, 6, 18], Halving.RungEpochs);

    [Theory]
    [InlineData(1.0, 3, 1)]
    [InlineData(0.5, 3, 1)]
    [InlineData(0.25, 2, 3)]
    [InlineData(1.0 / 27, 3, 4)]
    public void Rungs_OfAnyFraction_EndAtTheLongestAndStayAboveTheShortest(double shortest, int eta, int rungs)
    {
        CycleHyperbandSettings settings = Halving with { ShortestFraction = shortest, Eta = eta };

        Assert.Equal(rungs, settings.RungEpochs.Length);
        Assert.Equal(18, settings.RungEpochs[^1]);
        Assert.True(settings.RungEpochs[0] >= 18 * shortest * (1 - 1e-9));
    }

    [Fact]
    public void ClimbsWhole_ShareOfAFifth_TakesEveryFifth() =>
        Assert.Equal([5, 10, 15, 20], Enumerable.Range(1, 20).Where((Halving with { WholeShare = 0.2 }).ClimbsWhole));

    [Fact]
    public void Next_NothingFinished_StartsConfigurationsInOrderAtTheShortestCycle()
    {
        var asked = new HashSet<RungJob>();
        for (int number = 1; number <= 3; number++)
        {
            RungJob job = CycleHyperband.Next(RungTable.Empty(Halving), asked, 3)!.Job;
            Assert.Equal(new RungJob(number, 0), job);
            asked.Add(job);
        }

        Assert.Null(CycleHyperband.Next(RungTable.Empty(Halving), asked, 3));
    }

    [Fact]
    public void Next_ThreeFinished_PromotesTheBestBeforeStartingAnother()
    {
        (RungTable table, HashSet<RungJob> asked) = Finished(Halving, 0.5, 0.7, 0.6);

        RungStep step = CycleHyperband.Next(table, asked, 10)!;

        Assert.Equal(new RungJob(2, 1), step.Job);
        Assert.Equal("rank 1 of 3 in cycles of 2 epochs, in the best 1/3", step.Reason);
    }

    [Fact]
    public void Next_EqualAccuracies_PromotesTheLowerNumber()
    {
        (RungTable table, HashSet<RungJob> asked) = Finished(Halving, 0.6, 0.7, 0.7);

        Assert.Equal(new RungJob(2, 1), CycleHyperband.Next(table, asked, 10)!.Job);
    }

    [Fact]
    public void Next_BestPromotedAlready_StartsTheNextConfiguration()
    {
        (RungTable table, HashSet<RungJob> asked) = Finished(Halving, 0.5, 0.7, 0.6);
        asked.Add(new RungJob(2, 1));

        Assert.Equal(new RungJob(4, 0), CycleHyperband.Next(table, asked, 10)!.Job);
    }

    [Fact]
    public void Next_HigherRungHasAPromotion_ComesFirst()
    {
        (RungTable table, HashSet<RungJob> asked) = Finished(Halving, 0.5, 0.7, 0.6, 0.8, 0.8, 0.8);
        foreach (int number in new[] { 2, 4, 5 })
        {
            asked.Add(new RungJob(number, 1));
            table = table.Add(new RungResult(new RungJob(number, 1), 0.9));
        }

        Assert.Equal(new RungJob(2, 2), CycleHyperband.Next(table, asked, 10)!.Job);
    }

    [Fact]
    public void Next_OnlyDivergedInTheTop_PromotesNobody()
    {
        (RungTable table, HashSet<RungJob> asked) = Finished(Halving, null, null, null);

        Assert.Null(CycleHyperband.Next(table, asked, 3));
    }

    [Fact]
    public void Next_FewerConfigurationsThanEta_StillTrainsOneToTheEnd()
    {
        (RungTable table, HashSet<RungJob> asked) = Finished(Halving, 0.5, 0.6);
        Assert.Equal(new RungJob(2, 1), CycleHyperband.Next(table, asked, 2)!.Job);
        asked.Add(new RungJob(2, 1));
        Assert.Null(CycleHyperband.Next(table, asked, 2));

        table = table.Add(new RungResult(new RungJob(2, 1), 0.7));

        Assert.Equal(new RungJob(2, 2), CycleHyperband.Next(table, asked, 2)!.Job);
    }

    [Fact]
    public void Next_InTheBracketWithoutHalving_ClimbsWhateverItsRank()
    {
        (RungTable table, HashSet<RungJob> asked) = Finished(Halving with { WholeShare = 0.5 }, 0.9, 0.1);

        RungStep step = CycleHyperband.Next(table, asked, 10)!;

        Assert.Equal(new RungJob(2, 1), step.Job);
        Assert.Equal("rank 2 of 2 in cycles of 2 epochs, in the bracket without halving", step.Reason);
    }

    [Fact]
    public void Check_GoodSettings_FindsNothing() => Assert.Empty(Halving.Check());

    [Fact]
    public void Check_EverythingWrong_NamesEachSetting()
    {
        var wrong = new CycleHyperbandSettings
        {
            LongestEpochs = 0,
            ShortestFraction = 2,
            Eta = 1,
            WholeShare = -1,
            Epsilon = double.NaN,
            CorrelationBound = 2,
            Level = 1,
            LeastPairs = 3,
        };

        Assert.Equal(8, wrong.Check().Count);
        Assert.Contains("eta is 1; it must be at least 2", wrong.Check());
    }

    private static (RungTable Table, HashSet<RungJob> Asked) Finished(CycleHyperbandSettings settings, params double?[] accuracies)
    {
        RungTable table = RungTable.Empty(settings);
        var asked = new HashSet<RungJob>();
        for (int i = 0; i < accuracies.Length; i++)
        {
            var job = new RungJob(i + 1, 0);
            asked.Add(job);
            table = table.Add(new RungResult(job, accuracies[i]));
        }

        return (table, asked);
    }
}
