using System.Globalization;
using System.Text;
using Sweeper.Grains.Planning;

namespace Sweeper.Tests.Unit.Planning.Simulation;

/// <summary>Everything in a state that matters, as text: two states are the same where their texts are.</summary>
internal static class StateText
{
    public static string Of(SweepState state)
    {
        var text = new StringBuilder();
        void Line(object? value) => text.AppendLine(Convert.ToString(value, CultureInfo.InvariantCulture));

        Line($"{state.Sequence} {state.Status} {state.StatusReason} {state.Exhausted} {state.SpaceExhausted} {state.EpochsCommitted:R} {state.Active} {state.LastAt:O}");
        Line(state.Counts);
        Line(state.RangeTests);
        Line("cells " + string.Join(' ', state.ReadyCells) + " changed " + string.Join(' ', state.ChangedCells.Order()));
        Line("trials " + string.Join(' ', state.ReadyTrials) + " changed " + string.Join(' ', state.ChangedTrials.Order()));
        foreach (CellState cell in state.Cells)
        {
            Line($"{cell.Record} {cell.HasRangeTest} {string.Join(' ', cell.Trials)} {cell.Losses}");
        }

        foreach (TrialState trial in state.Trials)
        {
            Line($"{trial.Record} {trial.Position} {trial.Losses} {string.Join(' ', trial.Readings)} {trial.Audit}");
        }

        foreach (var job in state.Running.OrderBy(job => job.Key.ShortName, StringComparer.Ordinal))
        {
            Line($"{job.Key} {job.Value}");
        }

        foreach (var job in state.Prefetched.OrderBy(job => job.Value.Number))
        {
            Line($"{job.Key} waits {job.Value}");
        }

        return text.ToString();
    }
}
