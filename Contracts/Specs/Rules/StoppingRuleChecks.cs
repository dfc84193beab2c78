using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Rules;

/// <summary>What must hold between a stopping rule, the schedule, the strategy and the readings.</summary>
internal static class StoppingRuleChecks
{
    public static readonly ImmutableArray<SpecRule> All =
    [
        SpecRule.Of([StoppingFields.Rule, StoppingFields.Force, ScheduleFields.Type], MidCycleSaysLittle),
        SpecRule.Of([StoppingFields.Rule, ScheduleFields.Type], RungsAreCycles),
        SpecRule.Of([StoppingFields.Rule, SearchFields.Strategy], StrategyLeavesRoom),
        SpecRule.Of([StoppingFields.Rule, SearchFields.Seeds], RungsRunOnce),
        SpecRule.Of([StoppingFields.Rule, DataFields.Validation], ReadingsNeedValidation),
        SpecRule.Of([StoppingFields.Rule, TrainingFields.EvaluateEvery, TrainingFields.Epochs, TrainingFields.Steps], ReadingsComeBeforeTheEnd),
        SpecRule.Of([StoppingFields.Rule, TrainingFields.Steps], RulesCountEpochs),
        SpecRule.Of([StoppingFields.Rule, DataFields.TrainSize], SizesAreNotCompared),
    ];

    private static SpecProblem? MidCycleSaysLittle(SweepSpec spec) =>
        spec.Search.StoppingRule.ComparesUnannealed() && spec.Search.Stopping is { Force: false } && Cycles(spec)
            ? Problem(
                spec,
                "compares trials in the middle of their run, and before a 1cycle schedule has annealed, accuracy there says little about the end "
                + "and favours low learning rates; use cycle_hyperband or same_phase, a constant schedule, or force: true")
            : null;

    private static SpecProblem? RungsAreCycles(SweepSpec spec) =>
        spec.Search.StoppingRule == StoppingRule.CycleHyperband && !Cycles(spec)
            ? Problem(spec, $"trains whole cycles of rising length, and the schedule {ScheduleFields.Type.Write(spec)} has none; use asha, hyperband or median")
            : null;

    private static SpecProblem? StrategyLeavesRoom(SweepSpec spec) => (spec.Search.StoppingRule, spec.Search.Strategy) switch
    {
        (StoppingRule.None, _) => null,
        (_, SearchStrategy.SuperConvergence) => Problem(
            spec, "cannot stand beside strategy super_convergence, whose waves of whole short cycles are its early stopping; remove it"),
        (_, SearchStrategy.Pbt) => Problem(
            spec, "cannot stand beside strategy pbt, which replaces the worst networks after each whole cycle; remove it"),
        (StoppingRule.CycleHyperband, SearchStrategy.Grid) => Problem(
            spec, "needs a strategy that draws configurations: random, sobol, tpe, gp or cma_es; a grid asks for every one of its points"),
        _ => null,
    };

    private static SpecProblem? RungsRunOnce(SweepSpec spec) => spec.Search is { StoppingRule: StoppingRule.CycleHyperband, Seeds: > 1 }
        ? new SpecProblem(
            SearchFields.Seeds.Path,
            SearchFields.Seeds.Write(spec),
            "must be 1 with search.stopping cycle_hyperband, which trains a configuration once at each length; train the winner with more seeds afterwards")
        : null;

    private static SpecProblem? ReadingsNeedValidation(SweepSpec spec) => spec.Search.StoppingRule.JudgesRunning() && spec.Data.Validation == 0
        ? new SpecProblem(
            spec.Trainer is null ? DataFields.Validation.Path : TrainerFields.ValidationExamples.Path, "0", $"must be greater than 0 with search.stopping {StoppingFields.Rule.Write(spec)}, which compares accuracy on validation images")
        : null;

    private static SpecProblem? ReadingsComeBeforeTheEnd(SweepSpec spec) =>
        spec.Search.StoppingRule.JudgesRunning() && spec.Training.Steps is null && spec.Training.EvaluateEvery >= spec.Training.Epochs
            ? new SpecProblem(
                TrainingFields.EvaluateEvery.Path,
                TrainingFields.EvaluateEvery.Write(spec),
                $"must be less than training.epochs, {NumberText.Write(spec.Training.Epochs)}, with search.stopping {StoppingFields.Rule.Write(spec)}: nothing is read before the end")
            : null;

    private static SpecProblem? RulesCountEpochs(SweepSpec spec) =>
        spec.Search.StoppingRule != StoppingRule.None && spec.Training.Steps is { } steps
            ? new SpecProblem(
                TrainingFields.Steps.Path, $"{steps}", $"is not for search.stopping {StoppingFields.Rule.Write(spec)}, which counts in epochs; give training.epochs")
            : null;

    private static SpecProblem? SizesAreNotCompared(SweepSpec spec) =>
        spec.Search.StoppingRule != StoppingRule.None && spec.Data.TrainSizes is not null
            ? new SpecProblem(
                DataFields.TrainSize.Path,
                DataFields.TrainSize.Write(spec),
                $"must be one size with search.stopping {StoppingFields.Rule.Write(spec)}: it would stop whatever has fewer images")
            : null;

    private static bool Cycles(SweepSpec spec) => ScheduleFields.CycleTypes.Contains(spec.Training.Schedule.Type);

    private static SpecProblem Problem(SweepSpec spec, string text) => new(StoppingFields.Rule.Path, StoppingFields.Rule.Write(spec), text);
}
