using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

public sealed class RungCorrelationTests
{
    private static readonly CycleHyperbandSettings Settings = new() { LongestEpochs = 9, WholeShare = 1 };

    [Fact]
    public void Correlation_ThreePairs_IsNotKnown()
    {
        RungCorrelation correlation = Filled(3, number => -number).Correlation(0);

        Assert.Equal(new RungCorrelation(0, 3, null, null, HalvingOn: true), correlation);
        Assert.Equal("rank correlation not known yet (3 configurations), halving on", correlation.ToString());
    }

    [Fact]
    public void Correlation_NinePairs_IsShownButSwitchesNothing()
    {
        RungCorrelation correlation = Filled(9, number => -number).Correlation(0);

        Assert.True(correlation.HalvingOn);
        Assert.Equal("rank correlation -1.00 over 9 configurations, too few to switch by, halving on", correlation.ToString());
    }

    [Fact]
    public void Correlation_AllLevelAtTheLongerCycle_SwitchesHalvingOff() =>
        Assert.Equal("no rank correlation, 12 configurations are level, halving off", Filled(12, _ => 0).Correlation(0).ToString());

    [Fact]
    public void Correlation_SameOrder_IsOneAndLeavesHalvingOn()
    {
        RungCorrelation correlation = Filled(12, number => number).Correlation(0);

        Assert.Equal(1, correlation.Rho!.Value, 12);
        Assert.True(correlation.HalvingOn);
        Assert.Equal("rank correlation 1.00 (at least 1.00) over 12 configurations, halving on", correlation.ToString());
    }

    [Fact]
    public void Correlation_OppositeOrder_SwitchesHalvingOffAndStartsHigher()
    {
        RungTable table = Filled(12, number => -number);

        Assert.False(table.Correlation(0).HalvingOn);
        Assert.Equal(1, table.FirstRung()); // the next pair of rungs is not known yet
    }

    [Fact]
    public void Next_HalvingOff_PromotesWhateverItsRankAndStartsAtTheNextRung()
    {
        CycleHyperbandSettings half = Settings with { WholeShare = 0.5 };
        RungTable table = RungTable.Empty(half);
        var asked = new HashSet<RungJob>();
        foreach (int number in Enumerable.Range(1, 24).Where(half.ClimbsWhole))
        {
            table = table.Add(new(new(number, 0), number / 100.0)).Add(new(new(number, 1), 1 - (number / 100.0))).Add(new(new(number, 2), 0.5));
            asked.UnionWith([new(number, 0), new(number, 1), new(number, 2)]);
        }

        foreach (int number in Enumerable.Range(1, 24).Where(number => !half.ClimbsWhole(number)))
        {
            asked.Add(new(number, 0));
        }

        table = table.Add(new(new(1, 0), 0.001)); // last of its rung

        Assert.Equal(new RungJob(1, 1), CycleHyperband.Next(table, asked, 26)!.Job);
        asked.Add(new(1, 1));
        Assert.Equal(new RungJob(25, 2), CycleHyperband.Next(table, asked, 26)!.Job); // level results at the top say nothing either
    }

    [Fact]
    public void Correlation_DivergedAtTheLongerCycle_CountsAsWorst()
    {
        RungTable table = Filled(12, number => number == 12 ? null : number);

        Assert.InRange(table.Correlation(0).Rho!.Value, 0, 0.6);
    }

    [Fact]
    public void Correlation_PromotedConfigurations_AreNoPairs()
    {
        RungTable table = RungTable.Empty(Settings with { WholeShare = 0 });
        for (int number = 1; number <= 20; number++)
        {
            table = table.Add(new(new(number, 0), 0.5)).Add(new(new(number, 1), 0.5));
        }

        Assert.Equal(0, table.Correlation(0).Pairs);
    }

    private static RungTable Filled(int count, Func<int, int?> score)
    {
        RungTable table = RungTable.Empty(Settings);
        for (int number = 1; number <= count; number++)
        {
            double? high = score(number) is { } value ? 0.5 + (value / 100.0) : null;
            table = table.Add(new(new(number, 0), number / 100.0)).Add(new(new(number, 1), high));
        }

        return table;
    }
}
