using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning.Recipe;

/// <summary>
/// Conventional schedules to compare with: a constant and a step rate, each tuned over three rates at the next shorter
/// length, the best at full length and with as many seeds as the leaders. Without them nothing is claimed.
/// </summary>
internal static class Baselines
{
    /// <summary>Rates as shares of the range test's largest: a constant rate must be one that the end of a run can settle at; ours.</summary>
    private static readonly ImmutableArray<double> Shares = [0.3, 0.1, 0.03];

    private static readonly ImmutableArray<ScheduleType> Types = [ScheduleType.Constant, ScheduleType.Step];

    /// <summary>Trials that are not planned yet; nothing where those before have not ended, or where the spec asks for none.</summary>
    public static ImmutableArray<WantedTrial> Missing(RecipeContext context, ShortCycles shortest)
    {
        if (context.Spec.Search.Baseline == BaselineMode.None || context.Ranked(shortest.First) is not [var best, ..])
        {
            return [];
        }

        CellKey cell = best.Configuration.Cell;
        return [.. Types.SelectMany(type => Missing(context, cell, ScheduleDefaults.Of(type)))];
    }

    private static ImmutableArray<WantedTrial> Missing(RecipeContext context, CellKey cell, ScheduleSpec schedule)
    {
        RecipeSettings settings = context.Settings;
        double tuning = settings.Rungs[Math.Max(0, settings.Rungs.Length - 2)];
        string name = schedule.Type == ScheduleType.Constant ? "constant" : "step";
        Wave tuned = context.Wave(Shares.Select(share => new WantedTrial(
            RecipeContext.At(cell, AxisValues.Round(context.Bounds.Of(cell) * share)),
            new TrialPlan(
                TrialRole.Baseline,
                tuning,
                schedule,
                string.Create(CultureInfo.InvariantCulture, $"tunes the {name} schedule: {share:0.##} of the largest rate of {cell}")))));
        if (!tuned.HasEnded || context.Ranked(tuned) is not [var best, ..])
        {
            return tuned.Missing;
        }

        Wave full = context.Wave(
        [
            new WantedTrial(
                best.Configuration,
                best.Plan! with // planned by this recipe
                {
                    Epochs = settings.Full,
                    Why = $"the {name} schedule at full length, with the best of {tuned.Results.Length} rates over {RecipeContext.Epochs(tuning)}, {context.Percent(best)}",
                    Parent = best.Number,
                }),
        ]);
        return full.HasEnded ? LeaderRace.Seeds(context, context.Ranked(full), context.Spec.Search.Seeds).Missing : full.Missing;
    }
}
