using System.Collections.Immutable;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Recipe;

/// <summary>Cells of the recipe: which are tested, and which tests are repeated.</summary>
internal static class RecipeCells
{
    /// <summary>The last test of every cell that was tested.</summary>
    public static ImmutableArray<CellState> Latest(SweepState state) =>
        [.. state.Cells.Where(cell => cell.HasRangeTest).GroupBy(cell => cell.Record.Key).Select(group => group.Last())];

    /// <summary>Whether a range test has not ended yet.</summary>
    public static bool IsOpen(CellState cell) => cell.Record.Status is not (JobStatus.Done or JobStatus.Skipped);

    /// <summary>Tests to repeat: those whose cell was not tested to a conclusion.</summary>
    public static ImmutableArray<CellState> Repeats(SweepState state)
    {
        int number = state.Cells.Count;
        return
        [
            .. state.Cells
                .Where(cell => cell.HasRangeTest)
                .GroupBy(cell => cell.Record.Key)
                .Select(tests => RampRepeat.Next([.. tests.Select(test => test.Record)], state.Spec, state.Rules))
                .OfType<RampRepeat>()
                .Select(repeat => new CellState(
                    new CellRecord(++number, repeat.Key, JobStatus.Ready, 0, null, null, repeat.LengthFactor, repeat.Repeat), HasRangeTest: true, [], 0)),
        ];
    }
}
