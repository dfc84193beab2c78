using System.Collections.Immutable;
using CsCheck;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>Laws of whole sweeps; <see cref="SweepLaws"/> and <see cref="SimulatedSweep"/> check theirs at every event.</summary>
public sealed class SweepSimulationTests
{
    [Fact]
    public void Run_WhateverGoesWrong_EndsWithTheResultsOfAQuietRun() => Scenario.Troubled.Sample(
        scenario => Assert.Equal(Results(SimulatedSweep.Run(scenario.Untroubled)), Results(SimulatedSweep.Run(scenario))),
        iter: 80);

    [Fact]
    public void Run_UnderLimits_EndsWithinThem() => Scenario.Limited.Sample(
        scenario =>
        {
            SimulatedSweep sweep = SimulatedSweep.Run(scenario);

            Assert.Equal(sweep.State.Counts.Total, sweep.State.Counts.Ended);
            Assert.True(sweep.State.Counts.Total <= (scenario.Spec.Limits.Trials ?? int.MaxValue));
            Assert.All(sweep.State.Trials, trial => Assert.True(trial.Losses <= scenario.Spec.Limits.Attempts));
        },
        iter: 80);

    [Fact]
    public void Run_AnySweep_FoldsToTheStateItEndedIn() => Scenario.Limited.Sample(
        scenario =>
        {
            SimulatedSweep sweep = SimulatedSweep.Run(scenario, lawsEvery: 10);

            Assert.Equal(StateText.Of(sweep.State), StateText.Of(Folding.Of(scenario.Spec, sweep.Stored)));
        },
        iter: 40);

    [Fact]
    public void Run_GrantsThatArriveOnce_NeverRunsMoreJobsThanSlots() => Scenario.Troubled.Sample(
        scenario =>
        {
            SimulatedSweep sweep = SimulatedSweep.Run(scenario with { Duplicate = 0 });

            Assert.InRange(sweep.MostAtOnce, 1, scenario.Workers * scenario.Slots);
        },
        iter: 40);

    [Fact]
    public void Run_SlotsThatMayBeKept_AreHandedOnFromJobToJob()
    {
        SweepSpec spec = TestSpecs.RangeTested(cells: 4, pointsPerCell: 10).WithLimits(limits => limits with { Attempts = 1000 });
        var quiet = new Scenario(1, spec, Workers: 2, Slots: 2, Loss: 0, HandBack: 0, Duplicate: 0, Crash: 0, Wishes: 0) { Prefetch = 0.9 };

        SimulatedSweep sweep = SimulatedSweep.Run(quiet);

        Assert.InRange(sweep.HandedOn, 10, 44);
        Assert.All(sweep.State.Trials.Where(trial => trial.Record.Status == JobStatus.Done), trial => Assert.Equal(1, trial.Record.Attempts));
        Assert.Equal(0, SimulatedSweep.Run(quiet with { Prefetch = 0 }).HandedOn);
        Assert.Equal(Results(SimulatedSweep.Run(quiet.Untroubled)), Results(sweep));
    }

    [Fact]
    public void Run_TwoThousandTrials_TakesSecondsOfOurTimeAtMost()
    {
        SweepSpec spec = TestSpecs.RangeTested(cells: 20, pointsPerCell: 20)
            .WithSearch(search => search with { Seeds = 5 }).WithLimits(limits => limits with { Attempts = 1000 });
        var scenario = new Scenario(1, spec, Workers: 8, Slots: 2, Loss: 0.05, HandBack: 0.02, Duplicate: 0.1, Crash: 0.002, Wishes: 5);

        SimulatedSweep sweep = SimulatedSweep.Run(scenario, lawsEvery: 200);

        Assert.Equal(2_000, sweep.State.Counts.Total);
        Assert.Equal(2_000, sweep.State.Counts.Ended);
        Assert.True(sweep.Crashes > 0);
        Assert.Equal(Results(SimulatedSweep.Run(scenario.Untroubled, lawsEvery: 200)), Results(sweep));
    }

    /// <summary>What a user sees of a sweep that has ended, the circumstances left out.</summary>
    private static ImmutableArray<(int, Configuration, JobStatus, JobOutcome?)> Results(SimulatedSweep sweep)
    {
        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
        return [.. sweep.State.Trials.Select(trial => (trial.Record.Number, trial.Record.Configuration, trial.Record.Status, trial.Record.Outcome))];
    }
}
