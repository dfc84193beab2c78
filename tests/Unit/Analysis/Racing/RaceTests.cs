using System.Collections.Immutable;
using Sweeper.Grains.Analysis.Racing;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Analysis.Racing;

public sealed class RaceTests
{
    private const int Races = 2000;
    private const double Deviation = 0.003;

    [Theory]
    [InlineData(2, 12)]
    [InlineData(3, 8)]
    [InlineData(5, 10)]
    public void Decide_EqualLeaders_PartsThemInAtMostOneRaceOfTwenty(int leaders, int cap)
    {
        int parted = Enumerable.Range(0, Races).Count(race => Run(new double[leaders], cap, (ulong)race, out _) is RaceDecision.Separated);

        Assert.True(parted <= 0.05 * Races, $"{parted} of {Races}");
    }

    [Fact]
    public void Decide_TwoEqualAndOneFarBehind_PartsTheTwoInAtMostOneRaceOfTwenty()
    {
        int parted = Enumerable.Range(0, Races).Count(race => Run([0, 0, -0.05], 10, (ulong)race, out _) is RaceDecision.Separated);

        Assert.True(parted <= 0.05 * Races, $"{parted} of {Races}");
    }

    [Fact]
    public void Decide_LeaderAheadByThreeDeviations_IsFoundMostlyBeforeTheCap()
    {
        int found = 0;
        int seeds = 0;
        for (int race = 0; race < 300; race++)
        {
            found += Run([3 * Deviation, 0, 0], 12, (ulong)race, out int used) is RaceDecision.Separated { Winner: 0 } ? 1 : 0;
            seeds += used;
        }

        Assert.True(found >= 285, $"{found} of 300");
        Assert.True(seeds < 300 * 9, $"{seeds / 300.0} seeds on average");
    }

    [Fact]
    public void Decide_FewerSeedsThanTheFirstLook_GoesOnWithoutLooking()
    {
        var decision = Assert.IsType<RaceDecision.GoOn>(Race.Decide([Of(1, 0.9, 0.91), Of(2, 0.5, 0.51)], 0, new RaceRules(2, 5)));

        Assert.False(decision.Looked);
        Assert.Equal([1, 2], decision.Leaders);
    }

    [Fact]
    public void Decide_OneFarBehind_GoesOnWithTheOthers()
    {
        Racer[] racers = [Of(1, 0.900, 0.912, 0.905, 0.909), Of(2, 0.906, 0.904, 0.913, 0.902), Of(3, 0.400, 0.410, 0.404, 0.406)];

        var decision = Assert.IsType<RaceDecision.GoOn>(Race.Decide(racers, 1, new RaceRules(3, 8)));

        Assert.True(decision.Looked);
        Assert.DoesNotContain(3, decision.Leaders);
        Assert.Equal(2, decision.Leaders.Length);
    }

    [Fact]
    public void Decide_EqualAtTheCap_SaysTied()
    {
        Racer[] racers = [Of(1, 0.90, 0.92, 0.91), Of(2, 0.91, 0.90, 0.92)];

        Assert.IsType<RaceDecision.CapReached>(Race.Decide(racers, 0, new RaceRules(2, 3)));
    }

    [Fact]
    public void Decide_OnlySharedSeeds_Count()
    {
        var first = new Racer(1, ImmutableDictionary<int, double>.Empty.Add(1, 0.9).Add(2, 0.9).Add(7, 0.1));
        var second = new Racer(2, ImmutableDictionary<int, double>.Empty.Add(1, 0.8).Add(2, 0.8).Add(8, 1));

        var decision = Assert.IsType<RaceDecision.GoOn>(Race.Decide([second, first], 0, new RaceRules(2, 5)));

        Assert.Equal([1, 2], decision.Leaders);
    }

    private static Racer Of(int id, params double[] accuracies) => new(id, accuracies.Select((value, index) => (value, index)).ToImmutableDictionary(pair => pair.index, pair => pair.value));

    /// <summary>A whole race; seeds have luck of their own that all leaders share.</summary>
    private static RaceDecision Run(double[] ahead, int cap, ulong race, out int seeds)
    {
        var random = new SplitMix(race);
        var rules = new RaceRules(ahead.Length, cap);
        Racer[] racers = [.. ahead.Select((_, id) => new Racer(id, ImmutableDictionary<int, double>.Empty))];
        int looks = 0;
        for (seeds = 1; ; seeds++)
        {
            double luck = Deviation * TrialTables.NextNormal(ref random);
            for (int index = 0; index < racers.Length; index++)
            {
                double accuracy = 0.9 + ahead[racers[index].Id] + luck + (Deviation * TrialTables.NextNormal(ref random));
                racers[index] = racers[index] with { Accuracies = racers[index].Accuracies.Add(seeds, Math.Round(accuracy, 4)) };
            }

            RaceDecision decision = Race.Decide(racers, looks, rules);
            if (decision is not RaceDecision.GoOn goOn)
            {
                return decision;
            }

            looks += goOn.Looked ? 1 : 0;
            racers = [.. racers.Where(racer => goOn.Leaders.Contains(racer.Id))];
        }
    }
}
