using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Recipe;

/// <summary>Longer cycles for the best third of each length, up to the spec's own; then replicates of the two leaders.</summary>
internal static class LongCycles
{
    /// <summary>Trials that are not planned yet; nothing where those before have not ended.</summary>
    public static ImmutableArray<WantedTrial> Missing(RecipeContext context, ShortCycles shortest)
    {
        ScheduleSpec schedule = shortest.BestSchedule(context);
        ImmutableArray<TrialRecord> ranked = shortest.Ranked(context);
        Wave? unhalved = null;
        for (int rung = 1; rung < context.Settings.Rungs.Length; rung++)
        {
            unhalved ??= context.Wave(Unhalved(context, schedule));
            Wave wave = context.Wave(Promoted(context, ranked, rung, schedule));
            if (!wave.HasEnded)
            {
                return [.. wave.Missing, .. unhalved.Missing];
            }

            ranked = context.Ranked(wave);
        }

        if (unhalved is { HasEnded: false })
        {
            return unhalved.Missing;
        }

        ImmutableArray<TrialRecord> finals = unhalved is null
            ? ranked
            : context.Ranked(new Wave([], [.. ranked.Concat(unhalved.Results).DistinctBy(trial => trial.Number)]));
        return LeaderRace.Missing(context, [.. finals.Take(RecipeSize.Leaders)]);
    }

    private static IEnumerable<WantedTrial> Promoted(
        RecipeContext context, ImmutableArray<TrialRecord> ranked, int rung, ScheduleSpec schedule)
    {
        int count = (ranked.Length + RecipeSize.Eta - 1) / RecipeSize.Eta;
        double epochs = context.Settings.Rungs[rung];
        return ranked.Take(count).Select((trial, index) => new WantedTrial(
            trial.Configuration,
            new TrialPlan(
                TrialRole.Candidate,
                epochs,
                schedule,
                $"a cycle of {RecipeContext.Epochs(epochs)} after place {index + 1} of {ranked.Length} over {RecipeContext.Epochs(context.Settings.Rungs[rung - 1])} "
                + $"({context.Percent(trial)}, the best {context.Percent(ranked[0])}); the best {count} go on",
                rung,
                trial.Number)));
    }

    /// <summary>
    /// The bracket without halving: what Smith would train, the largest rate at the middle weight decay, at full length
    /// whatever the short cycles say. Hyperband's guard against short runs that mislead (arXiv:1603.06560).
    /// </summary>
    private static IEnumerable<WantedTrial> Unhalved(RecipeContext context, ScheduleSpec schedule)
    {
        ImmutableArray<CellKey> design = [.. CellDesign.Star(context.Spec).Where(context.Bounds.IsTested)];
        CellKey cell = design.OrderBy(key => key.WeightDecay).ElementAt(design.Length / 2);
        return
        [
            new WantedTrial(
                RecipeContext.At(cell, AxisValues.Round(context.LargestRate(cell) * context.RateAxis.High)),
                new TrialPlan(
                    TrialRole.Candidate,
                    context.Settings.Full,
                    schedule,
                    "the bracket without halving: the largest rate at the middle weight decay, at full length whatever short cycles say",
                    context.Settings.Rungs.Length - 1)),
        ];
    }
}
