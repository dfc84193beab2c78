using CsCheck;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>The recipe over whole sweeps in which everything goes wrong that can be mended.</summary>
public sealed class RecipeSimulationTests
{
    [Fact]
    public void Run_WhateverGoesWrong_RunsTheSameTrialsWithTheSameResults() => Scenario.TroubledRecipe.Sample(
        scenario => Assert.Equal(Results(SimulatedSweep.Run(scenario.Untroubled)), Results(SimulatedSweep.Run(scenario))),
        iter: 60);

    [Fact]
    public void Run_UnderABudget_StaysWithinIt() => Gen.Select(Scenario.TroubledRecipe, Gen.Double[9, 60], Gen.Int[1, 40]).Sample(
        (scenario, epochs, trials) =>
        {
            SweepSpec spec = scenario.Spec.WithLimits(limits => limits with { Epochs = epochs, Trials = trials });

            SimulatedSweep sweep = SimulatedSweep.Run(scenario with { Spec = spec });

            Assert.True(sweep.State.Counts.Total <= trials);
            Assert.Equal(sweep.State.Counts.Total, sweep.State.Counts.Ended);
        },
        iter: 40);

    [Fact]
    public void Run_AnyRecipe_FoldsToTheStateItEndedIn() => Scenario.TroubledRecipe.Sample(
        scenario =>
        {
            SimulatedSweep sweep = SimulatedSweep.Run(scenario, lawsEvery: 10);

            Assert.Equal(StateText.Of(sweep.State), StateText.Of(Folding.Of(scenario.Spec, sweep.Stored)));
        },
        iter: 30);

    [Fact]
    public void Run_AnyRecipe_RepeatsEachTestToAConclusionAndNoFurther()
    {
        int lowered = 0;
        Scenario.TroubledRecipe.Sample(
            scenario =>
            {
                SimulatedSweep sweep = SimulatedSweep.Run(scenario);

                foreach (IGrouping<CellKey, CellRecord> tests in sweep.State.Cells.Where(cell => cell.HasRangeTest).Select(cell => cell.Record).GroupBy(cell => cell.Key))
                {
                    CellRecord[] inOrder = [.. tests];
                    double[] ends = [.. inOrder.Select(test => test.Repeat?.To ?? scenario.Spec.RangeTest.To)];
                    double[] speeds = [.. inOrder.Select((test, i) => ends[i] / test.LengthFactor)];
                    Assert.InRange(inOrder.Length, 1, 3);
                    Assert.All(inOrder.Zip(inOrder.Skip(1)), pair => Assert.Equal(pair.First.Number, pair.Second.Repeat!.Of));
                    Assert.All(speeds.Zip(speeds.Skip(1)), pair => Assert.True(pair.Second <= pair.First * (1 + 1e-9), "a repeat rises faster than the test before it"));
                    Assert.All(ends, end => Assert.InRange(end, 0, scenario.Spec.RangeTest.To));
                    Interlocked.Add(ref lowered, inOrder.Length == 3 ? 1 : 0);
                    if (inOrder is [.., { Findings: { DivergedAt: { } at } }] && inOrder.Length == 3)
                    {
                        Assert.InRange(at, 0.4 * ends[2], 0.6 * ends[2]); // in the middle of its ramp
                    }
                }
            },
            iter: 60);

        Assert.True(lowered > 10, $"{lowered} ramps were lowered");
    }

    /// <summary>What was trained and what came out, whatever the numbers of the trials.</summary>
    private static List<string> Results(SimulatedSweep sweep)
    {
        Assert.Equal(SweepStatus.Completed, sweep.State.Status);
        IEnumerable<string> trials = sweep.State.Trials.Select(trial => trial.Record).Select(trial =>
            $"{trial.Configuration} {trial.Plan?.Role} {trial.Plan?.Epochs} {trial.Plan?.Schedule.Type} {trial.Plan?.Schedule.MomentumHigh} {trial.Replicate} {trial.Status} {trial.Outcome}");
        IEnumerable<string> cells = sweep.State.Cells.Where(cell => cell.HasRangeTest).Select(cell =>
            $"{cell.Record.Key} {cell.Record.LengthFactor} {cell.Record.Repeat} {cell.Record.Status} {cell.Record.Outcome}");
        return [.. trials.Concat(cells).Order(StringComparer.Ordinal)];
    }
}
