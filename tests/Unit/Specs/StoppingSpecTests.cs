using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>Which stopping rule may be asked for with what.</summary>
public sealed class StoppingSpecTests
{
    public static TheoryData<string, string, string, string> Refused => new()
    {
        { "stopping: asha", "one_cycle", "search.stopping", "before a 1cycle schedule has annealed" },
        { "stopping: median", "smith", "search.stopping", "or force: true" },
        { "stopping: {rule: hyperband, eta: 4}", "triangular", "search.stopping.rule", "use cycle_hyperband or same_phase" },
        { "stopping: cycle_hyperband, strategy: random", "constant", "search.stopping", "the schedule constant has none" },
        { "stopping: cycle_hyperband, strategy: grid", "one_cycle", "search.stopping", "needs a strategy that draws" },
        { "stopping: cycle_hyperband, strategy: random, seeds: 2", "one_cycle", "search.seeds", "must be 1" },
        { "stopping: same_phase, strategy: super_convergence", "one_cycle", "search.stopping", "its early stopping" },
        { "stopping: {rule: same_phase, force: true}", "one_cycle", "search.stopping.force", "has an effect only with rule median, asha or hyperband" },
        { "stopping: {rule: asha, audit: 0.2}", "constant", "search.stopping.audit", "has an effect only with rule same_phase" },
        { "stopping: {rule: cycle_hyperband, eta: 4}, strategy: tpe", "one_cycle", "search.stopping.eta", "has an effect only with rule asha or hyperband, or with keep: best" },
        { "stopping: {keep: best}, strategy: tpe", "one_cycle", "search.stopping.keep", "has an effect only with rule cycle_hyperband" },
        { "stopping: {rule: same_phase, keep: hopeful}", "one_cycle", "search.stopping.keep", "has an effect only with rule cycle_hyperband" },
        { "stopping: {rule: cycle_hyperband, keep: all}, strategy: tpe", "one_cycle", "search.stopping.keep", "must be one of hopeful, best" },
        { "stopping: {rule: asha, eta: 1}", "constant", "search.stopping.eta", "must be in [2, 100]" },
        { "stopping: {rule: asha, shortest: 1}", "constant", "search.stopping.shortest", "must be in (0, 1)" },
        { "stopping: {rule: same_phase, audit: 2}", "one_cycle", "search.stopping.audit", "must be in [0, 1]" },
        { "stopping: ahsa", "constant", "search.stopping", "did you mean asha?" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_WhatDoesNotFit_IsRefusedWithReasonAndWayOut(string search, string schedule, string path, string message)
    {
        SpecProblem problem = Assert.Single(Read(search, schedule, validation: 0.1, epochs: 9).Problems);

        Assert.Equal(path, problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 9, "data.validation", "compares accuracy on validation images")]
    [InlineData(0.1, 1, "training.evaluate_every", "nothing is read before the end")]
    public void Read_NothingToJudgeBy_IsRefused(double validation, int epochs, string path, string message)
    {
        SpecProblem problem = Assert.Single(Read("stopping: same_phase, select_by: test", "one_cycle", validation, epochs).Problems);

        Assert.Equal(path, problem.Path);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stopping: {rule: asha, force: true}", "one_cycle", StoppingRule.Asha)]
    [InlineData("stopping: median", "step", StoppingRule.Median)]
    [InlineData("stopping: same_phase", "one_cycle", StoppingRule.SamePhase)]
    [InlineData("stopping: cycle_hyperband, strategy: tpe", "one_cycle", StoppingRule.CycleHyperband)]
    [InlineData("stopping: none", "one_cycle", StoppingRule.None)]
    [InlineData("stopping: none, strategy: tpe, trials: 60", "one_cycle", StoppingRule.None)]
    [InlineData("stopping: {rule: cycle_hyperband, keep: best, eta: 4}, strategy: tpe, trials: 60", "one_cycle", StoppingRule.CycleHyperband)]
    [InlineData("stopping: {keep: best}, strategy: tpe, trials: 60", "one_cycle", StoppingRule.CycleHyperband)]
    [InlineData("stopping: {shortest: 0.2}, strategy: tpe, trials: 60", "one_cycle", StoppingRule.CycleHyperband)]
    [InlineData("stopping: {rule: asha, eta: 4}, strategy: random, trials: 60", "constant", StoppingRule.Asha)]
    [InlineData("early_stopping: asha", "constant", null)]
    public void Read_WhatFits_Arrives(string search, string schedule, StoppingRule? rule)
    {
        SpecReading reading = Read(search, schedule, validation: 0.1, epochs: 9);

        Assert.Equal(rule, reading.Spec?.Search.StoppingRule);
        if (reading.Spec is { } spec)
        {
            Assert.Equal(spec, SpecJson.Read(SpecJson.Write(spec)));
            Assert.Equal(spec, SpecReader.Read(SpecYaml.Write(spec)).Spec);
        }
        else
        {
            Assert.Contains("did you mean stopping?", Assert.Single(reading.Problems).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("strategy: random, trials: 36", "one_cycle", 9.0, null)]
    [InlineData("strategy: sobol, trials: 40", "smith", 9.0, null)]
    [InlineData("strategy: tpe, trials: 60", "triangular", 30.0, null)]
    [InlineData("strategy: gp, trials: 60, stopping: auto", "pytorch", 9.0, null)]
    [InlineData("strategy: cma_es, trials: 60, stopping: {rule: auto}", "pytorch_three_phase", 9.0, null)]
    [InlineData("strategy: tpe, trials: 35", "one_cycle", 9.0, "with 35 of fewer than 36 trials")]
    [InlineData("strategy: tpe, trials: 60", "one_cycle", 8.0, "a ninth of 8 epochs is less than one")]
    [InlineData("strategy: tpe, trials: 60", "constant", 9.0, "the schedule has no cycle")]
    [InlineData("strategy: tpe, trials: 60, seeds: 2", "one_cycle", 9.0, "several seeds")]
    [InlineData("stopping: auto", "one_cycle", 9.0, "a grid asks for every one")]
    [InlineData("strategy: super_convergence", "one_cycle", 9.0, "waves of whole short cycles")]
    [InlineData("strategy: pbt, space: {max_lr: {log: [0.01, 1]}}", "one_cycle", 9.0, "pbt replaces")]
    public void Read_NothingOrAuto_TakesCycleHyperbandWhereItCanPayAndSaysWhyNot(string search, string schedule, double epochs, string? against)
    {
        SpecReading reading = Read(search, schedule, 0.1, epochs);

        Assert.Empty(reading.Problems);
        SweepSpec spec = reading.Spec!;
        Assert.Equal(against is null ? new StoppingSpec(StoppingRule.CycleHyperband, Keep: RungKeep.Hopeful) : null, spec.Search.Stopping);
        Assert.StartsWith(against is null ? "cycle_hyperband (auto): the first 12 of" : "none (auto): ", StoppingChoice.Words(spec), StringComparison.Ordinal);
        Assert.Contains(against ?? "", StoppingChoice.Words(spec), StringComparison.Ordinal);
        Assert.Equal(spec, SpecJson.Read(SpecJson.Write(spec)));
        Assert.Equal(spec, SpecReader.Read(SpecYaml.Write(spec)).Spec);
    }

    /// <summary>Lengths are trials of their own, so that a limit of trials would be spent on short ones.</summary>
    [Theory]
    [InlineData("limits: {trials: 119}", StoppingRule.None)]
    [InlineData("limits: {trials: 120}", StoppingRule.CycleHyperband)]
    [InlineData("data: {set: mnist, train_size: [1000, all]}", StoppingRule.None)]
    [InlineData("training: {steps: 1000}", StoppingRule.None)]
    public void Read_AutoBesideWhatStandsAgainstIt_TakesNone(string section, StoppingRule rule)
    {
        string[] sections = ["data: {set: synthetic}", "training: {epochs: 9}", "search: {strategy: random, trials: 60, space: {max_lr: {log: [0.01, 0.1]}}}"];
        string text = string.Join('\n', ["name: stopping", "model: mlp", section, .. sections.Where(other => other[..5] != section[..5])]);

        Assert.Equal(rule, SpecReader.Read(text).Spec?.Search.StoppingRule);
    }

    /// <summary>A stored spec keeps the plan that it had: no rule is none, a rule that does not say what it keeps halves.</summary>
    [Fact]
    public void StoredSpec_OfEarlierVersions_MeansWhatItMeant()
    {
        SweepSpec auto = Read("strategy: tpe, trials: 60", "one_cycle", 0.1, 9).Spec!;
        string none = SpecJson.Write(auto with { Search = auto.Search with { Stopping = null } });
        string halving = SpecJson.Write(auto with { Search = auto.Search with { Stopping = new StoppingSpec(StoppingRule.CycleHyperband) } });
        var before = JsonNode.Parse(halving)!.AsObject();
        JsonObject stopping = Assert.IsType<JsonObject>(before["search"]!["stopping"]);
        Assert.True(stopping.Remove("keep"));

        Assert.Equal(StoppingRule.None, SpecJson.Read(none).Search.StoppingRule);
        Assert.Equal(new StoppingSpec(StoppingRule.CycleHyperband, Keep: RungKeep.Best), SpecJson.Read(before.ToJsonString()).Search.Stopping);
        Assert.Equal("none; auto would be cycle_hyperband", StoppingChoice.Words(SpecJson.Read(none)));
        Assert.Equal(SpecJson.Read(none), StoppingChoice.YieldTo(SpecJson.Read(none), auto));
        Assert.Same(auto, StoppingChoice.YieldTo(auto, auto));
        Assert.Equal(StoppingRule.CycleHyperband, StoppingChoice.YieldTo(SpecJson.Read(none), SpecJson.Read(halving)).Search.StoppingRule);
    }

    [Fact]
    public void Steps_OfHopeful_CostWhatTrainingAllDoes()
    {
        ImmutableArray<RecipeStep> steps = new StoppingSpec(StoppingRule.CycleHyperband, Keep: RungKeep.Hopeful).Steps(63, 18);

        Assert.Equal([(63, 2.0), (56, 18)], steps.Select(step => (step.Trials, Math.Round(step.Epochs, 9))));
        Assert.Equal(63 * 18, steps.Sum(step => step.Trials * step.Epochs), 6);
    }

    [Fact]
    public void Steps_OfNineRungs_AreThirdsAndTheShareThatClimbs()
    {
        ImmutableArray<RecipeStep> steps = new StoppingSpec(StoppingRule.CycleHyperband).Steps(30, 18);

        Assert.Equal([2.0, 6, 18], steps.Select(step => step.Epochs), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([30, 14, 9], steps.Select(step => step.Trials));
    }

    private static SpecReading Read(string search, string schedule, double validation, double epochs) => SpecReader.Read(FormattableString.Invariant(
        $$$"""
        name: stopping
        data: {set: synthetic, validation: {{{validation}}}}
        model: mlp
        training: {epochs: {{{epochs}}}, schedule: {{{schedule}}}}
        search: {{{{search}}}{{{(search.Contains("super_convergence", StringComparison.Ordinal) || search.Contains("space:", StringComparison.Ordinal) ? "" : ", space: {max_lr: [0.01, 0.1]}")}}}}
        """));
}
