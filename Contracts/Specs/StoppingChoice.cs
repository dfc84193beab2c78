using System.Globalization;
using Sweeper.Contracts.Specs.Fields;
using Sweeper.Contracts.Specs.Reading;

namespace Sweeper.Contracts.Specs;

/// <summary>
/// What <c>search.stopping: auto</c>, the default, stands for: Cycle-Hyperband that keeps the hopeful where it can pay, else
/// nothing. Decided when a file is read; a stored spec has the rule itself, or none, and keeps it.
/// </summary>
public static class StoppingChoice
{
    /// <summary>Configurations from which a third at most is spent on comparing short cycles with whole ones. Ours.</summary>
    public const int LeastTrials = 3 * StoppingSpec.Compared;

    /// <summary>The rule.</summary>
    internal static StoppingRule Of(SpecValues values) => Against(values) is null ? StoppingRule.CycleHyperband : StoppingRule.None;

    /// <summary>How trials of a spec are stopped early, and why so, on one line.</summary>
    /// <param name="spec">A spec without problems.</param>
    public static string Words(SweepSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        string? against = Against(SpecValues.Of(spec));
        return spec.Search.Stopping switch
        {
            null => against is null ? "none; auto would be cycle_hyperband" : $"none (auto): {against}",
            { Rule: StoppingRule.CycleHyperband, Keep: RungKeep.Hopeful } hopeful => Hopeful(spec, hopeful, against is null ? " (auto)" : ""),
            { Rule: StoppingRule.CycleHyperband } => "cycle_hyperband, as the spec says: the best of each length of the cycle go on to the next",
            { Rule: var rule } => $"{rule.Word()}, as the spec says",
        };
    }

    /// <summary>
    /// A spec that was read again for a sweep that exists: where the sweep stops nothing, what auto chooses now yields to that, so
    /// that a file which a version without auto started goes on as it began. Other differences stay.
    /// </summary>
    /// <param name="stored">Spec of the sweep.</param>
    /// <param name="again">Spec as it is read now.</param>
    public static SweepSpec YieldTo(SweepSpec stored, SweepSpec again)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(again);
        bool chosen = again.Search.Stopping == new StoppingSpec(StoppingRule.CycleHyperband, Keep: RungKeep.Hopeful) && Against(SpecValues.Of(again)) is null;
        return chosen && stored.Search.Stopping is null ? again with { Search = again.Search with { Stopping = null } } : again;
    }

    private static string Hopeful(SweepSpec spec, StoppingSpec stopping, string auto) => string.Create(
        CultureInfo.InvariantCulture,
        $"cycle_hyperband{auto}: the first {Math.Min(StoppingSpec.Compared, spec.Search.Trials)} of {spec.Search.Trials} configurations run a cycle of {spec.Training.Epochs * stopping.Shortest:0.##} epochs and the whole one; where these agree, later ones that do worse in the short cycle than every good one end there");

    /// <summary>Why nothing is stopped early; null: Cycle-Hyperband can pay.</summary>
    private static string? Against(SpecValues values)
    {
        SearchStrategy strategy = values.Get(SearchFields.Strategy);
        int trials = values.Get(SearchFields.Trials);
        double epochs = values.Get(TrainingFields.Epochs);
        return strategy switch
        {
            SearchStrategy.Grid => "a grid asks for every one of its points",
            SearchStrategy.SuperConvergence => "the recipe has waves of whole short cycles of its own",
            SearchStrategy.Pbt => "pbt replaces the worst networks itself",
            _ when !ScheduleFields.CycleTypes.Contains(values.Get(ScheduleFields.Type)) => "the schedule has no cycle that could be shorter",
            _ when values.Get(TrainingFields.Steps) is not null => "the length is given in steps",
            _ when values.Get(DataFields.TrainSize) is { List.Length: not 1 } => "several sizes of the training images are compared",
            _ when values.Get(SearchFields.Seeds) > 1 => "each configuration has several seeds",
            _ when trials < LeastTrials => string.Create(
                CultureInfo.InvariantCulture, $"with {trials} of fewer than {LeastTrials} trials, comparing short cycles with whole ones costs more than it saves"),
            _ when epochs * StoppingSpec.DefaultShortest < 1 - 1e-9 => string.Create(
                CultureInfo.InvariantCulture, $"a ninth of {NumberText.Write(epochs)} epochs is less than one"),
            _ when values.Get(LimitFields.Trials) < 2 * trials => "limits.trials counts every cycle, and is less than twice search.trials",
            _ => null,
        };
    }
}
