using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Rules;

/// <summary>What must hold between the search, its space, the schedule, the data and the limits.</summary>
internal static class SearchRules
{
    /// <summary>Most trials that one sweep may plan.</summary>
    public const long MostTrials = 1_000_000;

    public static readonly ImmutableArray<SpecRule> All =
    [
        SpecRule.Of([SearchFields.MaxLearningRate, ScheduleFields.Type], RangeTestNeedsPeak),
        SpecRule.Of([SearchFields.SelectBy, DataFields.Validation], SelectionNeedsValidation),
        SpecRule.Of([DataFields.TrainSize, DataFields.Validation], SplitLeavesValidationImages),
        .. SearchFields.Axes.Select(axis => SpecRule.Of([SearchFields.Strategy, axis], spec => GridNeedsPoints(spec, axis))),
        SpecRule.Of([SearchFields.Strategy, DataFields.TrainSize, ModelFields.Settings, .. SearchFields.Axes], RandomNeedsChoice),
        SpecRule.Of([SearchFields.Strategy, SearchFields.Trials, SearchFields.Seeds, DataFields.TrainSize, ModelFields.Settings, .. SearchFields.Axes], NotTooManyTrials),
        SpecRule.Of([SearchFields.BatchSize, DataFields.TrainSize, DataFields.Validation], BatchFitsData),
        SpecRule.Of([LimitFields.Epochs, TrainingFields.Epochs, TrainingFields.Steps], BudgetCoversOneTrial),
        SpecRule.Of([SearchFields.Strategy, TrainingFields.Steps], RecipeNeedsEpochs),
        SpecRule.Of([SearchFields.Strategy, DataFields.TrainSize], SizesNeedPlan),
        SpecRule.Of([SearchFields.Strategy, SearchFields.MaxLearningRate, ScheduleFields.Type], RecipeNeedsRangeTests),
        SpecRule.Of([SearchFields.Strategy, RangeTestFields.Method], RecipeNeedsAccuracy),
        .. ObjectiveRules.All,
        .. StoppingRuleChecks.All,
        .. WarmStartRules.All,
        .. PopulationRules.All,
        .. ModelRules.All,
    ];

    private static SpecProblem? RangeTestNeedsPeak(SweepSpec spec) =>
        spec.Search.MaxLearningRate is AxisSpec.FromRangeTest && !ScheduleFields.CycleTypes.Contains(spec.Training.Schedule.Type)
            ? new SpecProblem(
                SearchFields.MaxLearningRate.Path,
                AxisType.RangeTestWord,
                $"a range test suggests a peak rate, and the schedule {ScheduleFields.Type.Write(spec)} has no peak; "
                + (spec.Search.Strategy == SearchStrategy.SuperConvergence ? "take a schedule that cycles, such as one_cycle" : "give the rates, such as [0.01, 0.03, 0.1]"))
            : null;

    private static SpecProblem? SelectionNeedsValidation(SweepSpec spec) =>
        spec.Trainer is null && spec.Search.SelectBy == SelectionSet.Validation && spec.Data.Validation == 0
            ? new SpecProblem(
                SearchFields.SelectBy.Path, "validation", "needs held-out images: set data.validation above 0, or select_by to test")
            : null;

    private static SpecProblem? SplitLeavesValidationImages(SweepSpec spec) =>
        SmallestSize(spec) is { } size && spec.Data.Validation > 0 && size * spec.Data.Validation < 1
            ? new SpecProblem(
                DataFields.TrainSize.Path,
                $"{size}",
                $"leaves no image to validate by; raise it, or data.validation, {NumberText.Write(spec.Data.Validation)}")
            : null;

    /// <summary>The smallest number of images that a spec gives; null: all.</summary>
    private static int? SmallestSize(SweepSpec spec) =>
        spec.Data.TrainSizes is { } sizes && sizes.List.Where(size => size != DataSpec.All).ToArray() is { Length: > 0 } given
            ? (int)given.Min()
            : spec.Data.TrainSize;

    private static SpecProblem? GridNeedsPoints(SweepSpec spec, SpecField<AxisSpec> axis) =>
        !spec.Search.Strategy.Draws() && axis.Get(spec) is AxisSpec.Range { Points: 0 }
            ? new SpecProblem($"{axis.Path}.points", null, "is missing; grid and super_convergence need the number of values to take from the interval, such as points: 4")
            : null;

    private static SpecProblem? RandomNeedsChoice(SweepSpec spec)
    {
        bool fixedSpace = SearchFields.Axes.Select(axis => axis.Get(spec)).Concat(spec.Model.Settings?.List.Select(axis => axis.Axis) ?? [])
            .All(axis => axis is AxisSpec.Values { List.Length: 1 } or AxisSpec.Largest { Points: 1 }
                || (axis is AxisSpec.FromRangeTest test && test.Low == test.High));
        return spec.Search.Strategy.Draws() && fixedSpace && spec.Data.TrainSizes is null
            ? new SpecProblem(
                SearchFields.Strategy.Path, SearchFields.Strategy.Write(spec), "has nothing to draw: every axis of search.space has one value; give an interval or a list, or use grid")
            : null;
    }

    private static SpecProblem? NotTooManyTrials(SweepSpec spec)
    {
        double trials = SpecSize.Trials(spec);
        return trials > MostTrials
            ? new SpecProblem(
                spec.Search.Strategy == SearchStrategy.Grid ? "search.space" : SearchFields.Trials.Path,
                null,
                $"plans {NumberText.Write(trials)} trials, more than {MostTrials}; take fewer values, seeds or draws")
            : null;
    }

    private static SpecProblem? BatchFitsData(SweepSpec spec)
    {
        // A batch size that applies only beside some sizes is checked with the data, cell by cell.
        if (SmallestSize(spec) is not { } size || (spec.Search.BatchSize.When is not null && spec.Data.TrainSizes is not null))
        {
            return null;
        }

        int images = size - (int)Math.Round(size * spec.Data.Validation);
        return spec.Trainer is null && AxisGrid.Greatest(spec.Search.BatchSize) > images
            ? new SpecProblem(
                SearchFields.BatchSize.Path,
                SearchFields.BatchSize.Write(spec),
                $"must be at most {images}, the training images that data.train_size and data.validation leave")
            : null;
    }

    private static SpecProblem? RecipeNeedsRangeTests(SweepSpec spec) =>
        spec is { Search: { Strategy: SearchStrategy.SuperConvergence, MaxLearningRate: not AxisSpec.FromRangeTest } }
            ? new SpecProblem(
                SearchFields.MaxLearningRate.Path,
                SearchFields.MaxLearningRate.Write(spec),
                "must be range_test with strategy super_convergence, which finds the rates itself; to try rates of your own, use grid or random")
            : null;

    private static SpecProblem? RecipeNeedsAccuracy(SweepSpec spec) =>
        spec is { Search.Strategy: SearchStrategy.SuperConvergence, RangeTest.Method: not RangeTestMethod.Smith }
            ? new SpecProblem(
                RangeTestFields.Method.Path,
                RangeTestFields.Method.Write(spec),
                "must be smith with strategy super_convergence: its verdict needs held-out accuracy along the ramp")
            : null;

    private static SpecProblem? RecipeNeedsEpochs(SweepSpec spec) =>
        spec is { Search.Strategy: SearchStrategy.SuperConvergence, Training.Steps: { } steps }
            ? new SpecProblem(
                TrainingFields.Steps.Path, $"{steps}", "is not for strategy super_convergence, whose cycles are shares of a number of epochs; give training.epochs")
            : null;

    private static SpecProblem? SizesNeedPlan(SweepSpec spec) =>
        spec.Data.TrainSizes is not null && spec.Search.Strategy is not (SearchStrategy.Grid or SearchStrategy.Random)
            ? new SpecProblem(
                DataFields.TrainSize.Path,
                DataFields.TrainSize.Write(spec),
                $"must be one size with strategy {SearchFields.Strategy.Write(spec)}, which looks for the best configuration: more images always win; to compare sizes use grid or random")
            : null;

    private static SpecProblem? BudgetCoversOneTrial(SweepSpec spec) => spec switch
    {
        { Limits.Epochs: { } limit, Training.Steps: not null } => new SpecProblem(
            LimitFields.Epochs.Path,
            NumberText.Write(limit),
            "needs training.epochs: how many epochs a number of steps is depends on the data; limit trials or wall_time"),
        { Limits.Epochs: { } limit } when limit < spec.Training.Epochs * spec.Training.CostFactor => new SpecProblem(
            LimitFields.Epochs.Path,
            NumberText.Write(limit),
            spec.Training.Cooldown is null
                ? $"must be at least training.epochs, {NumberText.Write(spec.Training.Epochs)}, or no trial can run"
                : $"must be at least {NumberText.Write(Math.Round(spec.Training.Epochs * spec.Training.CostFactor, 6))}, training.epochs with its cooldowns, or no trial can run"),
        _ => null,
    };
}
