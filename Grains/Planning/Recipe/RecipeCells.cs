using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Recipe;

/// <summary>Cells of the recipe: which are tested, and which tests are repeated.</summary>
internal static class RecipeCells
{
    /// <summary>A test that blew up below this share of its last rate rose too fast to conclude anything from; ours.</summary>
    private const double EarlyDivergence = 0.5;

    /// <summary>Cells to test: a star, see <see cref="CellDesign"/>.</summary>
    public static ImmutableArray<CellKey> Design(SweepSpec spec) => CellDesign.Star(spec);

    /// <summary>The last test of every cell that was tested.</summary>
    public static ImmutableArray<CellState> Latest(SweepState state) =>
        [.. state.Cells.Where(cell => cell.HasRangeTest).GroupBy(cell => cell.Record.Key).Select(group => group.Last())];

    /// <summary>Whether a range test has not ended yet.</summary>
    public static bool IsOpen(CellState cell) => cell.Record.Status is not (JobStatus.Done or JobStatus.Skipped);

    /// <summary>Tests to repeat over a longer ramp: those that rose too fast, once each.</summary>
    public static ImmutableArray<CellState> Repeats(SweepState state)
    {
        int number = state.Cells.Count;
        return
        [
            .. state.Cells
                .Where(cell => cell.HasRangeTest && RoseTooFast(cell, state.Spec.RangeTest.To))
                .Where(cell => state.Cells.Count(other => other.HasRangeTest && other.Record.Key == cell.Record.Key) == 1)
                .Select(cell => new CellState(
                    new CellRecord(
                        ++number, cell.Record.Key, JobStatus.Ready, 0, null, null, cell.Record.LengthFactor * RecipeSettings.RepeatFactor),
                    HasRangeTest: true,
                    [],
                    0)),
        ];
    }

    private static bool RoseTooFast(CellState cell, double lastRate) =>
        cell.Record.Findings is { Verdict: not RangeTestVerdict.Possible } found
        && (found.MaxLearningRate is null || found.DivergedAt < EarlyDivergence * lastRate);
}
