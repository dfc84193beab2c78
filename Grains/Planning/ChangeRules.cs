using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning;

/// <summary>Which changes of a sweep on its way make no sense, and why.</summary>
internal static class ChangeRules
{
    /// <summary>Why a change is refused; null: it is not.</summary>
    public static string? Refusal(SweepState state, SweepEvent change) => Common(state) ?? change switch
    {
        SweepEvent.LimitsSet set => SpecChanges.Apply(state.Spec, set) is var after && after == state.Spec ? "these are its limits already" : Broken(after),
        SweepEvent.Extended extended => OfExtension(state, extended),
        SweepEvent.Enqueued enqueued => OfEnqueuing(state, enqueued),
        _ => null,
    };

    /// <summary>Replicates of an enqueued configuration that the sweep has no trial of.</summary>
    public static IEnumerable<int> Missing(SweepState state, SweepEvent.Enqueued change) =>
        Enumerable.Range(1, change.Seeds).Where(replicate => Same(state, change, replicate) is null);

    private static string? Common(SweepState state) => state switch
    {
        { Spec.Purpose: not SweepPurpose.Search } => "it is a single job, not a search",
        { Status: SweepStatus.Cancelled } => $"it is cancelled: `sweeper resume {state.Spec.Name}` first",
        _ => null,
    };

    private static string? OfExtension(SweepState state, SweepEvent.Extended change)
    {
        SweepSpec after = SpecChanges.Apply(state.Spec, change);
        SearchStrategy strategy = state.Spec.Search.Strategy;
        return (change.Trials > 0, strategy) switch
        {
            (true, SearchStrategy.Grid) =>
                "a grid has as many configurations as its space: `--seeds` repeats them, `--spec FILE` starts a generation with another space",
            (true, SearchStrategy.SuperConvergence) => "the recipe itself decides how many trials it takes: `--seeds` replicates its leaders more often",
            (true, SearchStrategy.Pbt) => "a population has as many runs as search.population and search.generations say: `--spec FILE` starts a generation with others",
            _ => Limited(state, strategy == SearchStrategy.SuperConvergence ? 0 : SpecSize.Trials(after)) ?? Broken(after),
        };
    }

    private static string? OfEnqueuing(SweepState state, SweepEvent.Enqueued change)
    {
        if (state.Ladder is not null)
        {
            return "cycle_hyperband ranks cycles of its own choice by rungs: a configuration beside them has no place there; `sweeper train` runs one alone";
        }

        if (state.Spec.Search.Strategy == SearchStrategy.Pbt)
        {
            return "pbt compares networks after as many cycles each: a configuration beside them has no place there; `sweeper train` runs one alone";
        }

        ImmutableArray<int> missing = [.. Missing(state, change)];
        return missing.IsEmpty
            ? $"{Same(state, change, 1)!.ShortName(state.Spec.Name)} is that very trial" // replicate 1 is asked for and not missing
            : Limited(state, state.Trials.Count + missing.Length);
    }

    private static string? Limited(SweepState state, double trials)
    {
        if (LimitWords.EndedBy(state) is { } limit && state.Exhausted)
        {
            return $"{LimitWords.Reached(limit)}: raise it first, such as `sweeper set {state.Spec.Name} {limit}=none`";
        }

        return trials > state.Spec.Limits.Trials
            ? $"{LimitWords.Trials} is {state.Spec.Limits.Trials}: raise it first, such as `sweeper set {state.Spec.Name} {LimitWords.Trials}={trials:0}`"
            : null;
    }

    private static string? Broken(SweepSpec spec)
    {
        ImmutableArray<SpecProblem> problems = SpecValidator.Validate(spec);
        return problems.IsEmpty ? null : string.Join("; ", problems.Select(problem => $"{problem.Path} {problem.Message}"));
    }

    private static TrialRecord? Same(SweepState state, SweepEvent.Enqueued change, int replicate) => state.Trials
        .Select(trial => trial.Record)
        .FirstOrDefault(trial => trial.Replicate == replicate
            && trial.Configuration == change.Configuration
            && (trial.Plan?.Epochs ?? state.Spec.Training.Epochs).Equals(state.Spec.Training.Epochs)
            && (trial.Plan?.Schedule ?? state.Spec.Training.Schedule) == state.Spec.Training.Schedule);

    private static string ShortName(this TrialRecord trial, string sweep) => new JobKey(sweep, JobKind.Trial, trial.Number).ShortName;
}
