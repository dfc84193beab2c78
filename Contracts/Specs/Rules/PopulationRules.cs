using System.Collections.Immutable;
using Sweeper.Contracts.Specs.Fields;

namespace Sweeper.Contracts.Specs.Rules;

/// <summary>What must hold between population-based training and the rest of a spec.</summary>
internal static class PopulationRules
{
    public static readonly ImmutableArray<SpecRule> All =
    [
        SpecRule.Of([SearchFields.Strategy, TrainingFields.Steps], CountsEpochs),
        SpecRule.Of([SearchFields.Strategy, SearchFields.Seeds], RunsOnce),
    ];

    private static SpecProblem? CountsEpochs(SweepSpec spec) => spec is { Search.Strategy: SearchStrategy.Pbt, Training.Steps: { } steps }
        ? new SpecProblem(TrainingFields.Steps.Path, $"{steps}", "is not for strategy pbt, which adds up the epochs of a network's runs; give training.epochs")
        : null;

    private static SpecProblem? RunsOnce(SweepSpec spec) => spec is { Search: { Strategy: SearchStrategy.Pbt, Seeds: > 1 } }
        ? new SpecProblem(
            SearchFields.Seeds.Path,
            SearchFields.Seeds.Write(spec),
            "must be 1 with strategy pbt, whose networks are a population of their own; run the sweep with other seeds to see how much is luck")
        : null;
}
