using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Sweeps;

/// <summary>
/// What watchers ask of all trials at once: the leaderboard, the work that is left. Kept in step event by event, from what each event
/// changed; made anew only for a state that does not follow the last one.
/// </summary>
internal sealed record SweepLeaders
{
    private SweepLeaders(SweepState? state, Standings standings, WorkTotals work)
    {
        State = state;
        Standings = standings;
        Work = work;
    }

    /// <summary>Before the first trial.</summary>
    public static SweepLeaders None { get; } = new(null, Standings.Empty(SelectionSet.Validation), WorkTotals.None);

    /// <summary>Accuracy of the first row of the leaderboard; null before the first.</summary>
    public double? Best => Standings.Best;

    /// <summary>Leaderboard.</summary>
    public Standings Standings { get; }

    /// <summary>Work that was done and that is left.</summary>
    public WorkTotals Work { get; }

    private SweepState? State { get; }

    /// <summary>Those of a state; these very ones where it is still the same.</summary>
    public SweepLeaders Of(SweepState state) => ReferenceEquals(state, State) ? this : Anew(state);

    /// <summary>Those of the state after an event.</summary>
    /// <param name="before">State before it.</param>
    /// <param name="after">State after it.</param>
    public SweepLeaders Of(SweepState before, SweepState after)
    {
        if (ReferenceEquals(after, State))
        {
            return this;
        }

        if (!ReferenceEquals(before, State))
        {
            return Anew(after);
        }

        Standings standings = Standings;
        WorkTotals work = Work;
        foreach (int number in after.ChangedTrials)
        {
            TrialRecord? was = number <= before.Trials.Count ? before.Trial(number).Record : null;
            TrialRecord now = after.Trial(number).Record;
            standings = standings.With(was, now);
            work = work.Minus(was, after.Spec).Plus(now, after.Spec);
        }

        foreach (int number in after.ChangedCells)
        {
            RunInfo? was = number <= before.Cells.Count ? before.Cell(number).Record.Run : null;
            work = work.Minus(was).Plus(after.Cell(number).Record.Run);
        }

        return new SweepLeaders(after, standings, work);
    }

    private static SweepLeaders Anew(SweepState state)
    {
        var standings = Standings.Empty(state.Spec.Search.Ranking);
        WorkTotals work = WorkTotals.None;
        foreach (TrialRecord trial in state.Trials.Select(trial => trial.Record))
        {
            standings = standings.With(null, trial);
            work = work.Plus(trial, state.Spec);
        }

        foreach (CellState cell in state.Cells)
        {
            work = work.Plus(cell.Record.Run);
        }

        return new SweepLeaders(state, standings, work);
    }
}
