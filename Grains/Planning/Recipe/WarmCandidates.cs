using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Sampling;

namespace Sweeper.Grains.Planning.Recipe;

/// <summary>The best of earlier sweeps among the first candidates. They change nothing else: whoever does best goes on.</summary>
internal static class WarmCandidates
{
    /// <summary>Configurations at the same share of what the range tests here find, and why; the best first, each once.</summary>
    public static IEnumerable<(Configuration At, string Why)> Of(RecipeContext context)
    {
        if (context.State.Warm is not { Results: var results })
        {
            return [];
        }

        return results
            .Select((result, index) => (Result: result, Index: index))
            .Where(pair => pair.Result.Share is not null)
            .OrderByDescending(pair => pair.Result.Standing)
            .ThenBy(pair => pair.Index)
            .Select(pair => (At: At(context, pair.Result), Why: WarmText.Why("among the candidates", results, pair.Index)))
            .DistinctBy(pair => pair.At)
            .Take(RecipeSize.MostWarm);
    }

    private static Configuration At(RecipeContext context, PriorResult result)
    {
        CellKey cell = result.Configuration.Cell;
        return RecipeContext.At(cell, AxisValues.Round(result.Share!.Value * context.Bounds.Of(cell))); // filtered by it
    }
}
