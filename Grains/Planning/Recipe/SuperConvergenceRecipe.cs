using System.Collections.Immutable;

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

        return WantedTrial.Place(state, Wanted(new RecipeContext(state, RecipeSettings.Of(state.Spec), bounds)));
    }

    private static ImmutableArray<WantedTrial> Wanted(RecipeContext context)
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
}
