using CsCheck;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

/// <summary>Laws that hold whatever the accuracies and in whatever order cycles end.</summary>
public sealed class CycleHyperbandLawTests
{
    // Drawn once for all laws: with every configuration in the bracket without halving, bootstraps take their time.
    private static readonly Lazy<LadderRun[]> Runs = new(() => [.. Enumerable.Range(0, 120).Select(Run)]);

    [Fact]
    public void Next_AnyRun_AsksForNothingTwiceAndStartsEverything() => Assert.All(Runs.Value, run =>
    {
        Assert.Equal(run.Steps.Count, run.Steps.Select(step => step.Step.Job).Distinct().Count());
        Assert.Equal(
            run.Steps.Select(step => step.Step.Job.Configuration).Max(),
            run.Steps.Select(step => step.Step.Job.Configuration).Distinct().Count());
    });

    [Fact]
    public void Next_AnyRun_PromotesOnlyWhatFinishedAndDidNotDiverge() => Assert.All(Runs.Value, run =>
    {
        foreach ((RungStep step, RungTable seen, _) in run.Steps)
        {
            (int configuration, int rung) = step.Job;
            bool started = rung == 0 || Enumerable.Range(0, 3).All(any => seen.Rung(any).All(result => result.Job.Configuration != configuration));
            Assert.True(started || seen.Rung(rung - 1).Any(result => result.Job.Configuration == configuration && !result.Diverged));
        }
    });

    [Fact]
    public void Next_AnyRun_PromotesByRankNoMoreThanTheQuotaOfTheMoment() => Assert.All(Runs.Value, run =>
    {
        CycleHyperbandSettings settings = run.Table.Settings;
        foreach ((RungStep step, RungTable seen, bool settled) in run.Steps.Where(step => step.Step.Job.Rung > 0))
        {
            int below = step.Job.Rung - 1;
            int rank = 1 + seen.Rung(below).TakeWhile(result => result.Job.Configuration != step.Job.Configuration).Count();
            bool byRank = !settings.ClimbsWhole(step.Job.Configuration) && seen.Correlation(below).HalvingOn;
            Assert.True(!byRank || rank <= CycleHyperband.Quota(seen, below, settled), step.Reason);
        }
    });

    [Fact]
    public void Next_EverythingFinished_HasPromotedTheBestOfEachRungAndTheWholeBracket() => Assert.All(Runs.Value, run =>
    {
        for (int rung = 0; rung < 2; rung++)
        {
            IReadOnlySet<int> promoted = run.AskedAt(rung + 1);
            int quota = run.Table.Rung(rung).Count / 3;
            foreach ((RungResult result, int index) in run.Table.Rung(rung).Select((result, index) => (result, index)))
            {
                bool due = index < quota || run.Table.Settings.ClimbsWhole(result.Job.Configuration);
                Assert.True(result.Diverged || !due || promoted.Contains(result.Job.Configuration));
            }
        }
    });

    [Fact]
    public void Next_AnythingReachedAScore_EndsWithAFullCycleUnlessItDiverges() => Assert.All(Runs.Value, run =>
        Assert.True(run.AskedAt(2).Count > 0 || run.Table.Rung(0).All(result => result.Diverged) || run.Table.Rung(1).All(result => result.Diverged)));

    [Fact]
    public void Table_AnyOrderOfArrival_IsTheSame() => Assert.All(Runs.Value, (run, seed) =>
    {
        RungResult[] results = [.. Enumerable.Range(0, 3).SelectMany(rung => run.Table.Rung(rung))];
        new Random(seed).Shuffle(results);
        RungTable again = results.Aggregate(RungTable.Empty(run.Table.Settings), (table, result) => table.Add(result));

        Assert.All(Enumerable.Range(0, 3), rung => Assert.Equal(run.Table.Rung(rung).ToArray(), again.Rung(rung).ToArray()));
        Assert.Equal(run.Table.Correlations, again.Correlations);
        Assert.Equal(CycleFrontier.Of(run.Table).Shortest, CycleFrontier.Of(again).Shortest);
    });

    /// <summary>Without halving by rank nothing is order-dependent: every order ends with the same promotions.</summary>
    [Fact]
    public void Next_WholeBracketOnly_EndsWithTheSamePromotionsInEveryOrder() =>
        (from accuracies in Gen.Int[0, 12].Select(score => score == 0 ? null : (double?)(score / 12.0)).Array[3].Array[1, 20]
         from one in Gen.Int[0, int.MaxValue]
         from other in Gen.Int[0, int.MaxValue]
         select (accuracies, one, other)).Sample(drawn =>
        {
            var settings = new CycleHyperbandSettings { LongestEpochs = 9, WholeShare = 1, LeastPairs = 99 };
            var left = new LadderRun(settings, drawn.accuracies, 4, drawn.one).ToEnd();
            var right = new LadderRun(settings, drawn.accuracies, 2, drawn.other).ToEnd();

            Assert.Equal(
                left.Steps.Select(step => step.Step.Job).ToHashSet(),
                right.Steps.Select(step => step.Step.Job).ToHashSet());
        });

    private static LadderRun Run(int seed)
    {
        var random = new SplitMix((ulong)seed);
        double?[][] accuracies = new double?[1 + random.NextIndex(30)][];
        foreach (ref double?[] rungs in accuracies.AsSpan())
        {
            rungs = [Score(ref random), Score(ref random), Score(ref random)];
        }

        double share = new[] { 0, 0.2, 0.5, 1 }[seed % 4];
        var settings = new CycleHyperbandSettings { LongestEpochs = 9, WholeShare = share };
        return new LadderRun(settings, accuracies, 1 + random.NextIndex(6), seed).ToEnd();
    }

    // Few distinct scores, so that ties are common; one in twelve diverges.
    private static double? Score(ref SplitMix random) => random.NextIndex(12) is var score and > 0 ? score / 12.0 : null;
}
