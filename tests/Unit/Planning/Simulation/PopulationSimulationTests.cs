using CsCheck;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>Populations over whole sweeps in which everything goes wrong that can be mended, and reports come in any order.</summary>
public sealed class PopulationSimulationTests
{
    [Fact]
    public void Run_WhateverGoesWrongInWhateverOrder_RunsTheSameTrialsOnTheSameWeights() => Scenario.TroubledPopulation.Sample(
        scenario => Assert.Equal(Results(SimulatedSweep.Run(scenario.Untroubled)), Results(SimulatedSweep.Run(scenario))),
        iter: 50);

    [Fact]
    public void Run_AnyPopulation_FoldsToTheStateItEndedIn() => Scenario.TroubledPopulation.Sample(
        scenario =>
        {
            SimulatedSweep sweep = SimulatedSweep.Run(scenario, lawsEvery: 10);

            Assert.Equal(StateText.Of(sweep.State), StateText.Of(Folding.Of(scenario.Spec, sweep.Stored)));
        },
        iter: 25);

    [Fact]
    public void Run_UnderABudget_StaysWithinIt() => Gen.Select(Scenario.TroubledPopulation, Gen.Double[9, 40], Gen.Int[1, 30]).Sample(
        (scenario, epochs, trials) =>
        {
            SweepSpec spec = scenario.Spec.WithLimits(limits => limits with { Epochs = epochs, Trials = trials });

            SimulatedSweep sweep = SimulatedSweep.Run(scenario with { Spec = spec });

            Assert.True(sweep.State.Counts.Total <= trials);
            Assert.Equal(sweep.State.Counts.Total, sweep.State.Counts.Ended);
        },
        iter: 30);

    private static List<string> Results(SimulatedSweep sweep)
    {
        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
        return [.. sweep.State.Trials.Select(trial => trial.Record).Select(trial => $"{trial.Number} {trial.Configuration} {trial.Plan!.Lineage} {trial.Seed} {trial.Status} {trial.Outcome}")];
    }
}
