using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Sweeps;

/// <summary>Makes the view of a sweep that users watch.</summary>
internal static class SweepViews
{
    private const int MostCells = 100;
    private const int MostLeaders = 10;

    /// <summary>The view.</summary>
    /// <param name="state">Sweep.</param>
    /// <param name="sequence">Number of the view: rises with events and with progress.</param>
    /// <param name="leaders">Leaderboard and totals.</param>
    /// <param name="progress">Last progress of running jobs.</param>
    /// <param name="events">Last events.</param>
    /// <param name="now">Time, UTC.</param>
    public static SweepView Of(
        SweepState state,
        long sequence,
        SweepLeaders leaders,
        IReadOnlyDictionary<JobKey, JobProgress> progress,
        IEnumerable<SweepEventLine> events,
        DateTimeOffset now)
    {
        TimeSpan active = state.AtWork && now > state.LastAt ? state.Active + (now - state.LastAt) : state.Active;
        ImmutableArray<RunningJob> running =
        [
            .. state.Running
                .OrderBy(job => job.Key.Kind).ThenBy(job => job.Key.Number)
                .Select(job => new RunningJob(
                    job.Key, job.Value.Attempt, job.Value.Lease.Worker.ToString(), job.Value.Configuration, progress.GetValueOrDefault(job.Key))),
        ];
        return new SweepView(
            state.Spec.Name,
            sequence,
            state.Status,
            state.StatusReason,
            state.Counts,
            state.RangeTests,
            active.TotalSeconds,
            state.EpochsCommitted,
            SecondsLeft(state, leaders.Work, running),
            [.. state.Cells.Take(MostCells).Select(cell => cell.Record)],
            running,
            leaders.Standings.Top(MostLeaders),
            [.. events],
            state.Spec.Search.SelectBy,
            state.Spec.Search.Ranking.By,
            state.Spec.Search.OwnObjective,
            state.Spec.Data.Score);
    }

    /// <summary>
    /// Time to the end: work that is left, in epochs, at the pace of the jobs that ended, shared by as many as run at once.
    /// </summary>
    private static double? SecondsLeft(SweepState state, WorkTotals work, ImmutableArray<RunningJob> running)
    {
        if (state.Status != SweepStatus.Running || state.Counts.Completed + state.RangeTests.Completed == 0)
        {
            return null;
        }

        double perEpoch = work.Epochs > 0 ? work.Seconds / work.Epochs : 0;
        double left = perEpoch * (work.AllEpochsLeft + (state.RangeTests.Ready * state.Spec.RangeTest.Epochs));
        foreach (RunningJob job in running)
        {
            double whole = (job.Key.Kind == JobKind.Trial ? Epochs(state, state.Trial(job.Key.Number), work.UsualEpochs) : state.Spec.RangeTest.Epochs) * perEpoch;
            left += job.Progress?.SecondsLeft ?? whole;
        }

        return left / Math.Max(1, running.Length);
    }

    /// <summary>Work of a trial; of one that is counted in steps, as many epochs as those that ended took on average.</summary>
    private static double Epochs(SweepState state, TrialState trial, double usual) =>
        (trial.Record.Plan?.Epochs ?? state.Spec.Training.Epochs) is > 0 and var planned ? planned : usual;
}
