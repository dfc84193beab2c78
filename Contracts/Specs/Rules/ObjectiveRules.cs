using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs.Rules;

/// <summary>What objectives there are for a task, and what goes by accuracy (or R²) alone and so stands beside no other objective.</summary>
internal static class ObjectiveRules
{
    public static readonly ImmutableArray<SpecRule> All =
    [
        SpecRule.Of([SearchFields.Objective, TrainingFields.Metrics], OwnIsDeclared),
        SpecRule.Of([SearchFields.Objective, DataFields.Task], FitsTask),
        SpecRule.Of([SearchFields.Objective, TrainerFields.Command], spec => spec.Trainer is not null && IsOther(spec)
            ? Problem(spec, "must be accuracy with a trainer of your own, which reports losses and accuracies only")
            : null),
        SpecRule.Of([SearchFields.Objective, SearchFields.Strategy], spec => spec.Search.Strategy == SearchStrategy.SuperConvergence && IsOther(spec)
            ? Problem(spec, $"must be {spec.Data.Score.Word()} with strategy super_convergence, whose steps and verdict go by it; another strategy, such as tpe, takes any objective")
            : null),
        SpecRule.Of([SearchFields.Objective, StoppingFields.Rule], spec => spec.Search.StoppingRule.JudgesRunning() && IsOther(spec)
            ? Problem(spec, $"must be {spec.Data.Score.Word()} with search.stopping {StoppingFields.Rule.Write(spec)}, which goes by it on the way; use cycle_hyperband or none")
            : null),
        SpecRule.Of([TrainingFields.Metrics, TrainerFields.Command], spec => spec is { Trainer: not null, Training.Metrics: not null }
            ? new SpecProblem(TrainingFields.Metrics.Path, TrainingFields.Metrics.Write(spec), "are measured by the engine; remove them with a trainer of your own")
            : null),
        SpecRule.Of([TrainingFields.LabelSmoothing, DataFields.Task], spec => spec is { Data.Task: TaskSpec.Regression, Training.LabelSmoothing: not null }
            ? OfClasses(TrainingFields.LabelSmoothing, spec)
            : null),
        SpecRule.Of([TrainingFields.ClassWeights, DataFields.Task], spec => spec is { Data.Task: TaskSpec.Regression, Training.ClassWeights: not null }
            ? OfClasses(TrainingFields.ClassWeights, spec)
            : null),
    ];

    private static bool IsOther(SweepSpec spec) => !spec.Search.Ranking.By.IsScore();

    private static SpecProblem? OwnIsDeclared(SweepSpec spec)
    {
        if (spec.Search.OwnObjective is not { } own || spec.Training.Metrics?.List.Any(metric => metric.Name == own) == true)
        {
            return null;
        }

        ImmutableArray<string> names = [.. ObjectiveType.Taken, .. (spec.Training.Metrics?.List ?? []).Select(metric => metric.Name)];
        string hint = NearestName.Of(own, names) is { } nearest ? $"did you mean {nearest}? A" : "a";
        return Problem(spec, $"must be one of {string.Join(", ", names)}; {hint} metric of your own has to be under training.metrics as well");
    }

    private static SpecProblem? FitsTask(SweepSpec spec) => (spec.Data.Task, spec.Search.Ranking.By) switch
    {
        (_, Metric.Own) => null,
        (TaskSpec.Regression, var by) when !by.IsOfRegression() => Problem(spec, "is for classes; must be r2, rmse, mae or a metric of your own with data.task regression"),
        (TaskSpec.Classification, var by) when by.IsOfRegression() => Problem(spec, "is for predicted numbers; set data.task: regression, of a table, or take accuracy, top5_accuracy, balanced_accuracy, macro_f1 or log_loss"),
        _ => null,
    };

    private static SpecProblem OfClasses(SpecField field, SweepSpec spec) => new(field.Path, field.Write(spec), "is for classes; remove it with data.task regression");

    private static SpecProblem Problem(SweepSpec spec, string text) => new(SearchFields.Objective.Path, SearchFields.Objective.Write(spec), text);
}
