using CsCheck;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Sampling;
using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>Early stopping over whole sweeps in which everything goes wrong that can be mended.</summary>
public sealed class StoppingSimulationTests
{
    private static readonly Gen<SweepSpec> GenJudged =
        Gen.Select(Gen.OneOfConst(StoppingRule.SamePhase, StoppingRule.Median, StoppingRule.Asha, StoppingRule.Hyperband), Gen.Int[1, 60], Gen.Int[0, 1000], Gen.OneOfConst(0, 0.1, 1.0))
            .Select((rule, trials, seed, audit) => (TestSpecs.Trials(trials) with { Seed = seed })
                .WithEpochs(9)
                .WithSearch(search => search with { Stopping = new StoppingSpec(rule, AuditShare: audit, Force: true) })
                .WithLimits(limits => limits with { Attempts = 1_000_000 }));

    private static readonly Gen<SweepSpec> GenLadder =
        Gen.Select(Gen.OneOfConst(SearchStrategy.Random, SearchStrategy.Sobol, SearchStrategy.Tpe), Gen.Int[1, 40], Gen.Bool, Gen.Int[0, 1000], Gen.Int[2, 4])
            .Select((strategy, trials, tested, seed, eta) => (TestSpecs.Sampled(strategy, trials, tested) with { Seed = seed })
                .WithEpochs(9)
                .WithSearch(search => search with { Stopping = new StoppingSpec(StoppingRule.CycleHyperband, eta) })
                .WithLimits(limits => limits with { Attempts = 1_000_000 }));

    private static readonly Gen<SweepSpec> GenHopeful =
        Gen.Select(Gen.OneOfConst(SearchStrategy.Random, SearchStrategy.Sobol, SearchStrategy.Tpe), Gen.Int[1, 60], Gen.Bool, Gen.Int[0, 1000])
            .Select((strategy, trials, tested, seed) => (TestSpecs.Sampled(strategy, trials, tested) with { Seed = seed })
                .WithEpochs(9)
                .WithSearch(search => search with { Stopping = new StoppingSpec(StoppingRule.CycleHyperband, Keep: RungKeep.Hopeful) })
                .WithLimits(limits => limits with { Attempts = 1_000_000 }));

    private static Gen<Scenario> With(Gen<SweepSpec> specs) => Gen.Select(Scenario.Troubled, specs).Select((scenario, spec) => scenario with { Spec = spec });

    [Fact]
    public void Run_WhateverGoesWrong_EveryTrialEndsAndStopsAreTheRules() => With(GenJudged).Sample(
        scenario =>
        {
            SweepState state = SimulatedSweep.Run(scenario, lawsEvery: 10).State;

            StoppingSpec stopping = scenario.Spec.Search.Stopping!;
            Assert.Equal(SweepStatus.Completed, state.Status);
            Assert.All(state.Trials, trial => Assert.Equal(JobStatus.Done, trial.Record.Status));
            foreach (JobOutcome.StoppedEarly early in state.Trials.Select(trial => trial.Record.Outcome).OfType<JobOutcome.StoppedEarly>())
            {
                Assert.Contains(early.Evidence.Rule, new[] { stopping.Rule.Word(), TrialJudge.Safety });
                Assert.InRange(early.Evidence.Fraction, 0, 0.999);
                Assert.False(stopping is { Rule: StoppingRule.SamePhase, AuditShare: 1 } && early.Evidence.Rule == "same_phase", "all of them are audited");
            }

            Assert.All(
                state.Trials.Where(trial => trial.Record.Outcome is JobOutcome.Trained { Audit: not null }),
                trial => Assert.True(stopping.Rule == StoppingRule.SamePhase && stopping.AuditShare > 0));
        },
        iter: 60);

    [Fact]
    public void Run_AnyJudgedSweep_FoldsToTheStateItEndedIn() => With(GenJudged).Sample(
        scenario =>
        {
            SimulatedSweep sweep = SimulatedSweep.Run(scenario, lawsEvery: 50);

            Assert.Equal(StateText.Of(sweep.State), StateText.Of(Folding.Of(scenario.Spec, sweep.Stored)));
        },
        iter: 30);

    [Fact]
    public void Run_CycleHyperband_ClimbsRungByRungAndPromotesTheBest() => With(GenLadder).Sample(
        scenario =>
        {
            SimulatedSweep sweep = SimulatedSweep.Run(scenario, lawsEvery: 10);
            SweepState state = sweep.State;

            Assert.Equal(SweepStatus.Completed, state.Status);
            Assert.Equal(StateText.Of(state), StateText.Of(Folding.Of(scenario.Spec, sweep.Stored)));
            ILookup<Configuration, TrialRecord> climbs = state.Trials.Select(trial => trial.Record).ToLookup(trial => trial.Configuration);
            Assert.All(climbs, climb => Assert.Equal(climb.Select(trial => trial.Plan!.Rung).Distinct().Count(), climb.Count()));
            foreach (TrialRecord trial in climbs.SelectMany(climb => climb).Where(trial => trial.Plan!.Parent is not null))
            {
                TrialRecord parent = state.Trial(trial.Plan!.Parent!.Value).Record;
                Assert.Equal((trial.Configuration, trial.Plan.Rung - 1), (parent.Configuration, parent.Plan!.Rung));
                Assert.NotNull(parent.Score);
            }

            CycleHyperbandSettings settings = CycleLadder.Settings(scenario.Spec);
            bool halving = state.Ladder!.Table.Correlation(0).HalvingOn;
            var shortest = state.Trials.Select(trial => trial.Record).Where(trial => trial is { Plan.Rung: 0, Score: not null }).ToList();
            TrialRecord[] best = [.. shortest.OrderByDescending(trial => trial.Score!.ValidationAccuracy).Take(state.Ladder.Table.Rung(0).Count / settings.Eta)];
            Assert.All(best, trial => Assert.True(!halving || climbs[trial.Configuration].Count() > 1, "the best of the shortest cycles go on"));
        },
        iter: 60);

    [Fact]
    public void Run_KeepHopeful_TrainsEveryConfigurationWholeButThoseBelowTheCut() => With(GenHopeful).Sample(
        scenario =>
        {
            SimulatedSweep sweep = SimulatedSweep.Run(scenario, lawsEvery: 10);
            SweepState state = sweep.State;

            Assert.Equal(SweepStatus.Completed, state.Status);
            Assert.Equal(StateText.Of(state), StateText.Of(Folding.Of(scenario.Spec, sweep.Stored)));
            RungCut cut = state.Ladder!.Table.Cut;
            foreach (IGrouping<Configuration, TrialRecord> climb in state.Trials.Select(trial => trial.Record).GroupBy(trial => trial.Configuration))
            {
                Assert.Equal(climb.Count(), climb.Select(trial => trial.Plan!.Rung).Distinct().Count());
                TrialRecord last = climb.MaxBy(trial => trial.Plan!.Rung)!;
                bool whole = last.Plan!.Rung == 1;
                Assert.Equal(whole ? 9 : 1, last.Plan.Epochs, 9);
                Assert.True(whole || last.Score is null || (cut.Pays && last.Score.ValidationAccuracy < cut.Floor));
            }
        },
        iter: 60);
}
