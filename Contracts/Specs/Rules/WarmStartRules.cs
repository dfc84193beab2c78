using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs.Rules;

/// <summary>What must hold between a warm start and the rest of a spec. Which sweeps there are is checked when it is submitted.</summary>
internal static class WarmStartRules
{
    public static readonly ImmutableArray<SpecRule> All =
    [
        SpecRule.Of([SearchFields.WarmStart, SearchFields.Strategy], StrategyLearns),
        SpecRule.Of([SearchFields.WarmStart, DataFields.TrainSize], OneSize),
    ];

    private static SpecProblem? StrategyLearns(SweepSpec spec) => spec.Search.WarmStart is not null && !spec.Search.Strategy.LearnsFromOthers()
        ? Problem(spec, $"is not for strategy {SearchFields.Strategy.Write(spec)}, whose configurations no result changes; take tpe, gp, cma_es, super_convergence or random")
        : null;

    private static SpecProblem? OneSize(SweepSpec spec) => spec.Search.WarmStart is not null && spec.Data.TrainSizes is not null
        ? Problem(spec, "needs one data.train_size: results of earlier sweeps are not of one size or another of a comparison")
        : null;

    private static SpecProblem Problem(SweepSpec spec, string text) => new(SearchFields.WarmStart.Path, SearchFields.WarmStart.Write(spec), text);
}
