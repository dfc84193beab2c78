using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs.Rules;

/// <summary>What goes by accuracy alone, and so stands beside no other objective.</summary>
internal static class ObjectiveRules
{
    public static readonly ImmutableArray<SpecRule> All =
    [
        SpecRule.Of([SearchFields.Objective, TrainerFields.Command], spec => spec.Trainer is not null && IsOther(spec)
            ? Problem(spec, "must be accuracy with a trainer of your own, which reports losses and accuracies only")
            : null),
        SpecRule.Of([SearchFields.Objective, SearchFields.Strategy], spec => spec.Search.Strategy == SearchStrategy.SuperConvergence && IsOther(spec)
            ? Problem(spec, "must be accuracy with strategy super_convergence, whose steps and verdict compare accuracies; another strategy, such as tpe, takes any objective")
            : null),
        SpecRule.Of([SearchFields.Objective, StoppingFields.Rule], spec => spec.Search.StoppingRule.JudgesRunning() && IsOther(spec)
            ? Problem(spec, $"must be accuracy with search.stopping {StoppingFields.Rule.Write(spec)}, which compares accuracies on the way; use cycle_hyperband or none")
            : null),
    ];

    private static bool IsOther(SweepSpec spec) => spec.Search.Ranking.By != Metric.Accuracy;

    private static SpecProblem Problem(SweepSpec spec, string text) => new(SearchFields.Objective.Path, SearchFields.Objective.Write(spec), text);
}
