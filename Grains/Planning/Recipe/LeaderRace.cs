using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Analysis.Racing;

namespace Sweeper.Grains.Planning.Recipe;

/// <summary>
/// Seeds of the leaders, one more of each at a time, until they are separated or the spec's number is reached: no
/// leaderboard is decided by luck, and no seed is spent on a race that is over.
/// </summary>
internal static class LeaderRace
{
    /// <summary>Trials that are not planned yet; nothing where those before have not ended, or where the race is over.</summary>
    public static ImmutableArray<WantedTrial> Missing(RecipeContext context, ImmutableArray<TrialRecord> leaders)
    {
        int cap = context.Spec.Search.Seeds;
        var rules = new RaceRules(Math.Max(2, leaders.Length), cap);
        int looks = 0;
        for (int seeds = Math.Min(rules.FirstLook, cap); seeds <= cap; seeds++)
        {
            Wave wave = Seeds(context, leaders, seeds);
            if (!wave.HasEnded)
            {
                return wave.Missing;
            }

            RaceDecision decision = leaders.IsEmpty
                ? new RaceDecision.CapReached([])
                : Race.Decide([.. leaders.Select((leader, place) => Racer(context, leader, place, wave))], looks, rules);
            if (decision is not RaceDecision.GoOn goOn)
            {
                return [];
            }

            looks += goOn.Looked ? 1 : 0;
        }

        return [];
    }

    /// <summary>So many seeds of some trials, the first of which they have.</summary>
    public static Wave Seeds(RecipeContext context, ImmutableArray<TrialRecord> trials, int seeds) => context.Wave(
        from replicate in Enumerable.Range(2, Math.Max(0, seeds - 1))
        from trial in trials
        select new WantedTrial(
            trial.Configuration,
            trial.Plan! with // planned by this recipe
            {
                Why = trial.Role == TrialRole.Baseline
                    ? $"seed {replicate} of {seeds} of T-{trial.Number:0000}, the best of its schedule"
                    : $"seed {replicate} of T-{trial.Number:0000}: the leaders race until a paired test, corrected for its looks, separates them, or over {context.Spec.Search.Seeds} seeds",
                Parent = trial.Number,
            },
            replicate));

    private static Racer Racer(RecipeContext context, TrialRecord leader, int place, Wave wave) => new(
        place, // not its number: numbers depend on the order of reports
        wave.Results
            .Where(trial => trial.Score is not null && trial.Configuration == leader.Configuration && trial.Plan!.Schedule == leader.Plan!.Schedule) // planned by this recipe
            .Prepend(leader)
            .ToImmutableDictionary(trial => trial.Replicate, context.Accuracy));
}
