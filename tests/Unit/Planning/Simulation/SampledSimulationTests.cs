using CsCheck;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>Searches that choose as results come in, over whole sweeps in which everything goes wrong that can be mended.</summary>
public sealed class SampledSimulationTests
{
    [Fact]
    public void Run_WhateverGoesWrong_TriesAsManyConfigurationsAsAskedAndNoneTwice() => Scenario.TroubledSampled.Sample(
        scenario =>
        {
            SweepState state = SimulatedSweep.Run(scenario).State;

            SearchSpec search = scenario.Spec.Search;
            bool unusable = search.MaxLearningRate is AxisSpec.FromRangeTest && state.Cells.All(cell => cell.Record.Findings?.MaxLearningRate is null);
            Assert.Equal(SweepStatus.Completed, state.Status);
            Assert.Equal(search.MaxLearningRate is AxisSpec.FromRangeTest ? SpecSize.TestedCells(scenario.Spec) : 0, state.Cells.Count(cell => cell.HasRangeTest));
            Assert.Equal(unusable ? 0 : search.Trials * search.Seeds, state.Trials.Count);
            Assert.All(state.Trials, trial => Assert.True(
                trial.Record.Configuration is { Dropout: 0 } || trial.Record.Configuration is { BatchSize: 32, Dropout: 0.1 or 0.3 or 0.5 }, $"{trial.Record.Configuration}"));
            Assert.Equal(state.Trials.Count, state.Trials.Select(trial => (trial.Record.Configuration, trial.Record.Replicate)).Distinct().Count());
        },
        iter: 60);

    [Fact]
    public void Run_AnySampledSweep_FoldsToTheStateItEndedIn() => Scenario.TroubledSampled.Sample(
        scenario =>
        {
            SimulatedSweep sweep = SimulatedSweep.Run(scenario, lawsEvery: 10);

            Assert.Equal(StateText.Of(sweep.State), StateText.Of(Folding.Of(scenario.Spec, sweep.Stored)));
        },
        iter: 30);

    [Fact]
    public void Run_AnyWarmSweep_TriesTheBestOfEarlierOnesAndFoldsToTheStateItEndedIn() => Scenario.TroubledWarm.Sample(
        scenario =>
        {
            SimulatedSweep sweep = SimulatedSweep.Run(scenario, lawsEvery: 10);

            SearchSpec search = scenario.Spec.Search;
            bool unusable = search.MaxLearningRate is AxisSpec.FromRangeTest && sweep.State.Cells.All(cell => cell.Record.Findings?.MaxLearningRate is null);
            Assert.Equal(unusable ? 0 : search.Trials * search.Seeds, sweep.State.Trials.Count);
            int first = sweep.State.Trials.Count(trial => trial.Record.Replicate == 1 && trial.Record.Plan!.Why.StartsWith("suggested first because", StringComparison.Ordinal));
            Assert.InRange(first, unusable || scenario.Warm!.Results.IsEmpty ? 0 : 1, 3);
            Assert.Equal(StateText.Of(sweep.State), StateText.Of(Folding.Of(scenario.Spec, sweep.Stored)));
        },
        iter: 40);

    [Fact]
    public void Run_FewerConfigurationsThanAsked_EndsWhenAllWereTried()
    {
        SweepSpec spec = TestSpecs.Sampled(SearchStrategy.Tpe, 50, rangeTested: false).WithSearch(search => search with
        {
            MaxLearningRate = TestSpecs.Values(0.1, 0.2),
            WeightDecay = TestSpecs.Values(0, 1e-4),
        });

        SweepState state = SimulatedSweep.Run(new Scenario(1, spec, 2, 1, 0, 0, 0, 0, 0)).State;

        Assert.Equal(4, state.Trials.Count);
        Assert.Equal("every configuration of the space has been tried", state.StatusReason);
    }
}
