using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning;

/// <summary>A trial that a strategy wants a result of.</summary>
/// <param name="Configuration">Point of the space.</param>
/// <param name="Plan">How it trains, what it is for, and why.</param>
/// <param name="Replicate">Replicate, from 1.</param>
internal sealed record WantedTrial(Configuration Configuration, TrialPlan Plan, int Replicate = 1)
{
    /// <summary>Everything but the learning rate.</summary>
    public CellKey Cell => Configuration.Cell;

    /// <summary>Whether a trial gives the very result that is wanted, whatever it was placed for.</summary>
    public bool IsServedBy(TrialRecord trial) =>
        trial.Replicate == Replicate
        && trial.Configuration == Configuration
        && trial.Plan is { } plan
        && plan.Epochs.Equals(Plan.Epochs)
        && plan.Schedule == Plan.Schedule;

    /// <summary>Trials with numbers, in cells that there are or that are added for them.</summary>
    public static Additions Place(SweepState state, IEnumerable<WantedTrial> wanted)
    {
        int allowed = (state.Spec.Limits.Trials ?? int.MaxValue) - state.Trials.Count;
        var cells = ImmutableArray.CreateBuilder<CellState>();
        var trials = ImmutableArray.CreateBuilder<TrialState>();
        Dictionary<CellKey, int> numbers = [];
        foreach (WantedTrial want in wanted.Take(Math.Max(0, allowed)))
        {
            if (!state.CellNumbers.TryGetValue(want.Cell, out int cell) && !numbers.TryGetValue(want.Cell, out cell))
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
