using System.Collections.Immutable;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Recipe;

/// <summary>
/// Smith's recipe (arXiv:1803.09820, section 5) without a human: range tests, short whole cycles over weight decay, rate,
/// batch size and dropout, a refinement around the best, momentum, longer cycles for the best third at a time, replicates of
/// the leaders, and a tuned conventional schedule beside them. Every rung is a complete, annealed cycle: the accuracy of a
/// longer one on its way says nothing (arXiv:1708.07120, figure 1a).
/// </summary>
internal static class SuperConvergenceRecipe
{
    /// <summary>What follows from what has ended; nothing where that is nothing new. Pure.</summary>
    public static Additions Next(SweepState state)
    {
        if (state.Cells.Any(cell => cell.HasRangeTest && RecipeCells.IsOpen(cell)))
        {
            return Additions.None;
        }

        ImmutableArray<CellState> repeats = RecipeCells.Repeats(state);
        if (!repeats.IsEmpty)
        {
            return new Additions(repeats, []);
        }

        if (RateBounds.Of(RecipeCells.Latest(state)) is not { } bounds)
        {
            return Additions.None; // no cell has a usable rate: the sweep ends with its range tests
        }

        return Place(state, Wanted(new RecipeContext(state, RecipeSettings.Of(state.Spec), bounds)));
    }

    private static IEnumerable<WantedTrial> Wanted(RecipeContext context)
    {
        var candidates = ShortCycles.Of(context);
        if (!candidates.First.HasEnded)
        {
            return candidates.First.Missing;
        }

        ImmutableArray<WantedTrial> beside = Baselines.Missing(context, candidates);
        return candidates.HasEnded
            ? [.. LongCycles.Missing(context, candidates), .. beside]
            : [.. candidates.Missing, .. beside];
    }

    /// <summary>Trials with numbers, in cells that there are or that are added for them.</summary>
    private static Additions Place(SweepState state, IEnumerable<WantedTrial> wanted)
    {
        int allowed = (state.Spec.Limits.Trials ?? int.MaxValue) - state.Trials.Count;
        var cells = ImmutableArray.CreateBuilder<CellState>();
        var trials = ImmutableArray.CreateBuilder<TrialState>();
        Dictionary<Contracts.Jobs.CellKey, int> numbers = [];
        foreach (CellState cell in state.Cells)
        {
            numbers[cell.Record.Key] = cell.Record.Number; // the last of a key: its repeated test bounds it
        }

        foreach (WantedTrial want in wanted.Take(Math.Max(0, allowed)))
        {
            if (!numbers.TryGetValue(want.Cell, out int cell))
            {
                cell = state.Cells.Count + cells.Count + 1;
                numbers.Add(want.Cell, cell);
                cells.Add(new CellState(new CellRecord(cell, want.Cell, JobStatus.Done, 0, null, null), HasRangeTest: false, [], 0));
            }

            var record = new TrialRecord(
                state.Trials.Count + trials.Count + 1,
                cell,
                want.Configuration,
                want.Replicate,
                SplitMix.TrialSeed(state.Spec.Seed, want.Replicate),
                JobStatus.Ready,
                0,
                null,
                null,
                want.Plan);
            trials.Add(new TrialState(record, null, 0));
        }

        return new Additions(cells.ToImmutable(), trials.ToImmutable());
    }
}
