using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

public sealed class HopefulRungsTests
{
    private const int Compared = CycleHyperbandSettings.DefaultCompared;

    private static readonly CycleHyperbandSettings Hopeful = new() { LongestEpochs = 18, Keep = RungKeep.Hopeful };

    // Runs of every size, with ties, divergence and any order of ends.
    private static readonly Lazy<LadderRun[]> Runs = new(() => [.. Enumerable.Range(0, 120).Select(Run)]);

    [Fact]
    public void Rungs_OfHopeful_AreTwoLengths() => Assert.Equal([2, 18], Hopeful.RungEpochs, (a, b) => Math.Abs(a - b) < 1e-9);

    [Fact]
    public void Check_FewerComparedThanNeeded_IsNamed() => Assert.Equal(
        "the number of configurations to compare is 9; it must be at least 10, the least number of pairs",
        Assert.Single((Hopeful with { Compared = 9 }).Check()));

    [Fact]
    public void Next_FirstTwelve_RunBothLengthsWhateverTheyReach()
    {
        LadderRun run = Ranked(configurations: 30, shortOf: number => -number);

        Assert.Superset(Enumerable.Range(1, Compared).ToHashSet(), run.AskedAt(1).ToHashSet());
    }

    [Fact]
    public void Next_ShortCyclesRankAlike_CutsBelowTheWorstOfTheBetterHalf()
    {
        LadderRun run = Ranked(configurations: 60, shortOf: number => number);

        RungCut cut = run.Table.Cut;
        Assert.True(cut.Pays);
        Assert.All(
            run.Table.Rung(0).Where(result => !run.AskedAt(1).Contains(result.Job.Configuration)),
            result => Assert.True(result.Accuracy < cut.Floor));
        Assert.True(run.AskedAt(1).Count < 50);
        Assert.Contains("which each of the", run.Steps[^1].Step.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_ShortCyclesRankTheOtherWayRound_TrainsTheOthersWholeAtOnce()
    {
        LadderRun run = Ranked(configurations: 60, shortOf: number => -number);

        Assert.False(run.Table.Cut.Pays);
        Assert.Equal(60, run.AskedAt(1).Count);
        Assert.Equal(Compared, run.AskedAt(0).Count);
        Assert.Contains("new, whole at once", run.Steps[^1].Step.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_SomeDivergeInTheShortCycle_OthersAreComparedInTheirPlace()
    {
        double?[][] accuracies = [.. Enumerable.Range(1, 40).Select(number => number <= 5 ? [null, null] : new double?[] { Accuracy(-number), Accuracy(number) })];
        LadderRun run = new LadderRun(Hopeful, accuracies, 1, 1).ToEnd();

        Assert.Equal(Compared + 5, run.AskedAt(0).Count);
        Assert.Equal(35, run.AskedAt(1).Count);
    }

    [Fact]
    public void Cut_NinePairs_IsNotKnownAndCutsNothing()
    {
        RungTable table = Enumerable.Range(1, 9).Aggregate(
            RungTable.Empty(Hopeful), (sum, number) => sum.Add(new(new(number, 0), Accuracy(number))).Add(new(new(number, 1), Accuracy(number))));

        Assert.Equal(new RungCut(9, 0, null, 9, 0, Pays: false), table.Cut);
        Assert.Equal("9 configurations compared, too few to judge by", table.Cut.ToString());
    }

    /// <summary>What it must be more than: a ninth, and one in six.</summary>
    [Theory]
    [InlineData(4, true, "4 of 14 are below 50.0 %, which each of the 5 best of 10 reached")]
    [InlineData(1, false, "1 of 11 are below 50.0 %, which each of the 5 best of 10 reached: too few to pay")]
    public void Cut_ShareBelow_PaysWhereItIsMoreThanCostAndLuck(int below, bool pays, string words)
    {
        RungTable table = RungTable.Empty(Hopeful);
        for (int number = 1; number <= 10; number++)
        {
            table = table.Add(new(new(number, 0), 0.5)).Add(new(new(number, 1), Accuracy(number)));
        }

        for (int number = 11; number <= 10 + below; number++)
        {
            table = table.Add(new(new(number, 0), 0.3));
        }

        Assert.Equal(pays, table.Cut.Pays);
        Assert.Equal(words, table.Cut.ToString());
    }

    [Fact]
    public void Cut_DivergedInTheWholeCycle_CountsAsWorstThere()
    {
        RungTable table = RungTable.Empty(Hopeful);
        for (int number = 1; number <= 10; number++)
        {
            bool diverges = number == 1;
            table = table.Add(new(new(number, 0), diverges ? 0.1 : 0.5)).Add(new(new(number, 1), diverges ? null : Accuracy(number)));
        }

        Assert.Equal((10, 0.5, 1), (table.Cut.Pairs, table.Cut.Floor, table.Cut.Below));
    }

    [Fact]
    public void Next_AnyRun_AsksForNothingTwiceStartsEverythingAndPromotesNothingDiverged() => Assert.All(Runs.Value, run =>
    {
        int started = run.Steps.Select(step => step.Step.Job.Configuration).Distinct().Count();
        Assert.Equal(run.Steps.Count, run.Steps.Select(step => step.Step.Job).Distinct().Count());
        Assert.Equal(started, run.Steps.Max(step => step.Step.Job.Configuration));
        Assert.All(run.Steps, step => Assert.True(
            step.Step.Job.Rung == 0
            || step.Seen.Rung(0).All(result => result.Job.Configuration != step.Step.Job.Configuration || !result.Diverged),
            "what diverged goes nowhere"));
    });

    [Fact]
    public void Next_AnyRun_EndsShortOnlyWhatDivergedOrWasBelowAFloor() => Assert.All(Runs.Value, run =>
    {
        RungCut cut = run.Table.Cut;
        foreach (RungResult result in run.Table.Rung(0).Where(result => !result.Diverged && !run.AskedAt(1).Contains(result.Job.Configuration)))
        {
            Assert.True(cut.Pays && result.Rank < cut.Floor);
        }
    });

    [Fact]
    public void Table_AnyOrderOfArrival_HasTheSameCut() => Assert.All(Runs.Value, (run, seed) =>
    {
        RungResult[] results = [.. run.Table.Rung(0), .. run.Table.Rung(1)];
        new Random(seed).Shuffle(results);

        Assert.Equal(run.Table.Cut, results.Aggregate(RungTable.Empty(run.Table.Settings), (table, result) => table.Add(result)).Cut);
    });

    private static double Accuracy(int number) => 0.5 + (number / 200.0);

    // Whole cycles get better and worse in turn with the number; short ones are a function of how good they are.
    private static LadderRun Ranked(int configurations, Func<int, int> shortOf)
    {
        double?[][] accuracies = new double?[configurations][];
        for (int number = 1; number <= configurations; number++)
        {
            int merit = number * 37 % 61; // mixed, each once
            accuracies[number - 1] = [Accuracy(shortOf(merit)), Accuracy(merit)];
        }

        return new LadderRun(Hopeful, accuracies, 2, 1).ToEnd();
    }

    private static LadderRun Run(int seed)
    {
        var random = new SplitMix((ulong)seed);
        double?[][] accuracies = new double?[1 + random.NextIndex(60)][];
        bool alike = seed % 3 > 0;
        foreach (ref double?[] rungs in accuracies.AsSpan())
        {
            double? end = Score(ref random);
            rungs = [alike ? end : Score(ref random), end];
        }

        return new LadderRun(Hopeful, accuracies, 1 + random.NextIndex(6), seed).ToEnd();
    }

    // Few distinct scores, so that ties are common; one in twelve diverges.
    private static double? Score(ref SplitMix random) => random.NextIndex(12) is var score and > 0 ? score / 12.0 : null;
}
