using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Populations;

/// <summary>Population-based training step by step, on made-up accuracies.</summary>
public sealed class PopulationTests
{
    [Fact]
    public void Submit_Population_BeginsWithFreshNetworksAtDifferentPoints()
    {
        var script = new SweepScript(TestSpecs.Population(8, 3, rangeTested: false));

        Assert.Equal(8, script.State.Trials.Count);
        Assert.Equal(8, script.State.Trials.Select(trial => trial.Record.Configuration).Distinct().Count());
        Assert.All(script.State.Trials, trial => Assert.Equal(new Lineage(trial.Record.Number, 1, null, null, 0, true), trial.Record.Plan!.Lineage));
    }

    [Fact]
    public void Boundary_LastQuarter_TakesWeightsOfTheFirstAndMovesItsValuesTheOthersGoOn()
    {
        SweepScript script = Run(TestSpecs.Population(8, 3, rangeTested: false), generations: 1, number => number);

        ImmutableArray<TrialRecord> next = [.. script.State.Trials.Skip(8).Select(trial => trial.Record)];
        Assert.Equal(8, next.Length);
        Assert.Equal([3, 4, 5, 6, 7, 8], next.Skip(2).Select(trial => trial.Plan!.Lineage!.WeightsFrom!.Value)); // the two worst are 1 and 2
        Assert.All(next.Skip(2), trial => Assert.Equal(script.Trial(trial.Plan!.Lineage!.WeightsFrom!.Value).Configuration, trial.Configuration));
        foreach (TrialRecord copy in next.Take(2))
        {
            int from = copy.Plan!.Lineage!.WeightsFrom!.Value;
            Configuration parent = script.Trial(from).Configuration;
            Assert.InRange(from, 7, 8);
            Assert.Equal(from, copy.Plan.Parent);
            Assert.NotEqual(parent, copy.Configuration);
            Assert.Contains($"takes the weights of member {from}", copy.Plan.Why, StringComparison.Ordinal);
        }

        Assert.All(next, trial => Assert.Equal(2, trial.Plan!.Lineage!.EpochsBefore));
        Assert.Single(next.Select(trial => trial.Seed).Distinct());
        Assert.NotEqual(script.Trial(1).Seed, next[0].Seed);
    }

    [Fact]
    public void Boundary_ManyPopulations_MoveByTheFactorWithinTheSpaceOrAnywhereInIt()
    {
        int stepped = 0;
        int copies = 0;
        foreach (int seed in Enumerable.Range(0, 40))
        {
            SweepScript script = Run(TestSpecs.Population(8, 2, rangeTested: false) with { Seed = seed }, generations: 1, number => number);
            foreach (TrialRecord copy in script.State.Trials.Skip(8).Take(2).Select(trial => trial.Record))
            {
                double ratio = copy.Configuration.MaxLearningRate / script.Trial(copy.Plan!.Lineage!.WeightsFrom!.Value).Configuration.MaxLearningRate;
                Assert.InRange(copy.Configuration.MaxLearningRate, 0.01, 1);
                Assert.InRange(copy.Configuration.WeightDecay, 1e-5, 1e-2);
                stepped += Math.Abs(ratio - 1.25) < 0.01 || Math.Abs(ratio - 0.8) < 0.01 ? 1 : 0;
                copies++;
            }
        }

        Assert.InRange(stepped, copies / 2, copies - 1); // nine tenths, less those at an end
    }

    [Fact]
    public void Boundary_WithoutAResult_IsReplacedWhateverTheQuarter()
    {
        SweepScript script = Run(TestSpecs.Population(4, 2, rangeTested: false), generations: 1, number => number == 2 ? 1 : null);

        Assert.All(script.State.Trials.Skip(4), trial => Assert.Equal(2, trial.Record.Plan!.Lineage!.WeightsFrom));
        Assert.Equal(4, script.State.Trials.Skip(4).Select(trial => trial.Record.Configuration).Distinct().Count());
    }

    [Fact]
    public void Boundary_NobodyHasAResult_EndsTheSweepWithTheReason()
    {
        SweepScript script = Run(TestSpecs.Population(4, 2, rangeTested: false), generations: 1, _ => null);

        Assert.Equal(SweepStatus.Completed, script.State.Status);
        Assert.Equal("no network of generation 1 has a result to go on from", script.State.StatusReason);
    }

    [Fact]
    public void Run_RangeTested_KeepsEveryRateWithinItsBounds()
    {
        var script = new SweepScript(TestSpecs.Population(4, 4, rangeTested: true));
        script.RunRest();

        Assert.Equal(16, script.State.Trials.Count);
        Assert.All(script.State.Trials, trial => Assert.InRange(trial.Record.Configuration.MaxLearningRate, 0.06, 0.7001));
    }

    [Fact]
    public void Weights_OfARun_AreDroppedOnceEveryRunThatStartsFromThemHasEnded()
    {
        SweepScript script = Run(TestSpecs.Population(4, 2, rangeTested: false), generations: 1, number => number);

        Assert.Equal([SweepScript.TrialKey(1)], Dropped(script)); // nobody took them
        int copied = script.Trial(5).Plan!.Lineage!.WeightsFrom!.Value;
        Assert.Equal(4, copied);
        script.Run(Outcomes.Trained());
        Assert.Empty(Dropped(script)); // member 4 starts from them as well
        script.Run(Outcomes.Trained());
        Assert.Equal([SweepScript.TrialKey(2)], Dropped(script));
        JobTicket failing = script.Start();
        script.End(failing, Outcomes.Failed());
        Assert.Empty(Dropped(script)); // it may be retried
        script.Run(Outcomes.Diverged());
        Assert.Equal(SweepStatus.Completed, script.State.Status);
        Assert.Equal([SweepScript.TrialKey(3), SweepScript.TrialKey(4)], Dropped(script));
        script.Take(at => new SweepEvent.Activated(at));
        Assert.Equal(4, Dropped(script).Length); // in case an order was lost
    }

    [Fact]
    public void Weights_OfTheRunThatEndsAGeneration_AreDroppedAtOnceWhereNobodyTakesThem()
    {
        SweepScript script = Run(TestSpecs.Population(4, 2, rangeTested: false), generations: 1, number => -number);

        Assert.Equal([SweepScript.TrialKey(4)], Dropped(script));
    }

    [Fact]
    public void Weights_OfASweepThatALimitEnded_AreKeptUntilItHasGoneOn()
    {
        var script = new SweepScript(TestSpecs.Population(4, 2, rangeTested: false).WithLimits(limits => limits with { Trials = 4 }));
        script.RunRest();
        Assert.Equal((SweepStatus.Completed, 0), (script.State.Status, Dropped(script).Length));

        script.Take(at => new SweepEvent.LimitsSet(script.State.Spec.Limits with { Trials = 8 }, "limits.trials: 4 -> 8", "anna@host", at));
        script.RunRest();

        Assert.Equal(8, script.State.Trials.Count);
        Assert.Empty(Planned(script));
    }

    [Fact]
    public void Leaderboard_Population_CountsTheEpochsOfTheWholeLine()
    {
        var script = new SweepScript(TestSpecs.Population(4, 3, rangeTested: false));
        script.RunRest();

        ImmutableArray<LeaderboardRow> rows = Leaderboard.Of(script.State.Trials.Select(trial => trial.Record), SelectionSet.Validation);

        Assert.Equal(12, rows.Length);
        Assert.Equal([6.0, 6, 6, 6, 4, 4, 4, 4, 2, 2, 2, 2], rows.Select(row => row.LineEpochs!.Value));
        Assert.All(rows, row => Assert.Equal(2, row.Epochs));
    }

    [Fact]
    public void Identity_OtherWeights_IsAnother()
    {
        var script = new SweepScript(TestSpecs.Population(4, 2, rangeTested: false));
        script.RunRest();
        SweepSpec spec = script.State.Spec;
        TrialRecord first = script.Trial(1);
        TrialRecord last = script.Trial(8);

        Assert.Equal(JobIdentity.OfTrial(spec, first.Configuration, first.Seed, null), JobIdentity.OfTrial(spec, first.Configuration, first.Seed, first.Plan));
        Assert.NotEqual(JobIdentity.OfTrial(spec, last.Configuration, last.Seed, null), JobIdentity.OfTrial(spec, last.Configuration, last.Seed, last.Plan));
        Assert.Equal(JobIdentity.OfTrial(spec, script.Trial(last.Plan!.Lineage!.WeightsFrom!.Value).Configuration, first.Seed, null), last.Plan.Lineage.WeightsIdentity);
    }

    [Fact]
    public void Change_Population_RefusesWhatMakesNoSense()
    {
        SweepState state = new SweepScript(TestSpecs.Population(4, 2, rangeTested: false)).State;

        Assert.Contains("search.population", ChangeRules.Refusal(state, new SweepEvent.Extended(2, 0, "", "anna", SweepScript.Epoch)), StringComparison.Ordinal);
        Assert.Contains("must be 1 with strategy pbt", ChangeRules.Refusal(state, new SweepEvent.Extended(0, 1, "", "anna", SweepScript.Epoch)), StringComparison.Ordinal);
        Assert.Contains("sweeper train", ChangeRules.Refusal(state, new SweepEvent.Enqueued(state.Trial(1).Record.Configuration, 1, "anna", SweepScript.Epoch)), StringComparison.Ordinal);
    }

    /// <summary>Runs whole generations; a trial's accuracy rises with a number made of its own, null: it fails.</summary>
    private static SweepScript Run(SweepSpec spec, int generations, Func<int, int?> place)
    {
        var script = new SweepScript(spec);
        for (int count = 0; count < generations * spec.Search.Population!.Members; count++)
        {
            JobTicket ticket = script.Start();
            script.End(ticket, place(ticket.Key.Number) is { } good ? Outcomes.Trained(0.5, 0.5 + (good / 100.0)) : Outcomes.Diverged());
        }

        return script;
    }

    private static ImmutableHashSet<int> Planned(SweepScript script) => Grains.Planning.Populations.PopulationWeights.Needed(script.State);

    private static ImmutableArray<JobKey> Dropped(SweepScript script) => [.. script.Commands.OfType<SweepCommand.DropWeights>().Select(drop => drop.Key)];
}
