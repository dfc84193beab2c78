using System.Collections.Immutable;
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

    [Fact]
    public void Steps_OfNineRungs_AreThirdsAndTheShareThatClimbs()
    {
        ImmutableArray<RecipeStep> steps = new StoppingSpec(StoppingRule.CycleHyperband).Steps(30, 18);

        Assert.Equal([2.0, 6, 18], steps.Select(step => step.Epochs), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([30, 14, 9], steps.Select(step => step.Trials));
    }

    private static SpecReading Read(string search, string schedule, double validation, int epochs) => SpecReader.Read(FormattableString.Invariant(
        $$$"""
        name: stopping
        data: {set: synthetic, validation: {{{validation}}}}
        model: mlp
        training: {epochs: {{{epochs}}}, schedule: {{{schedule}}}}
        search: {{{{search}}}{{{(search.Contains("super_convergence", StringComparison.Ordinal) ? "" : ", space: {max_lr: [0.01, 0.1]}")}}}}
        """));
}
