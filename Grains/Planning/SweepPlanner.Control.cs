using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning;

/// <summary>What users ask of a sweep on its way.</summary>
internal static partial class SweepPlanner
{
    private const string WasCancelled = "the sweep was cancelled";

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Pause(SweepState state) =>
        (state.Status == SweepStatus.Running ? state with { Status = SweepStatus.Paused, StatusReason = "paused by a user" } : state, Nothing);

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Cancel(SweepState state) =>
        state.Status is SweepStatus.Running or SweepStatus.Paused
            ? StopRunning(state with { Status = SweepStatus.Cancelled, StatusReason = "cancelled by a user" }, WasCancelled)
            : (state, Nothing);

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Resume(SweepState state)
    {
        if (state.Status is not (SweepStatus.Paused or SweepStatus.Cancelled))
        {
            return (state, Nothing);
        }

        SweepState next = state with { Status = SweepStatus.Running, StatusReason = null, Exhausted = false };
        return (state.Status == SweepStatus.Cancelled ? RequeueJobs(LetRun(next), Stopped) : next, Nothing);

        static bool Stopped(JobStatus status, JobOutcome? outcome) => status == JobStatus.Done && outcome is JobOutcome.Stopped;
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Retry(SweepState state, SweepEvent.Retried retried)
    {
        var chosen = retried.Jobs.ToImmutableHashSet();
        SweepState next = RequeueJobs(state, Failed, chosen);
        if (ReferenceEquals(next, state))
        {
            return (state, Nothing);
        }

        next = next with { Status = SweepStatus.Running, StatusReason = null, Exhausted = false };
        return (state.Status == SweepStatus.Cancelled ? LetRun(next) : next, Nothing);

        static bool Failed(JobStatus status, JobOutcome? outcome) =>
            status == JobStatus.Done && outcome is JobOutcome.Failed or JobOutcome.OutOfMemory or JobOutcome.Stopped;
    }

    /// <summary>Puts ended jobs back; a range test takes the trials that it held up along, and each of those the range test.</summary>
    private static SweepState RequeueJobs(
        SweepState state, Func<JobStatus, JobOutcome?, bool> which, ImmutableHashSet<JobKey>? chosen = null)
    {
        SweepState next = state;
        string name = state.Spec.Name;
        foreach (CellState cell in state.Cells.Where(cell => cell.HasRangeTest && which(cell.Record.Status, cell.Record.Outcome)))
        {
            var key = new JobKey(name, JobKind.RangeTest, cell.Record.Number);
            TrialState[] heldUp = [.. cell.Trials.Select(state.Trial).Where(trial => trial.Record.Status == JobStatus.Skipped)];
            if (!Chosen(key) && !heldUp.Any(trial => Chosen(new JobKey(name, JobKind.Trial, trial.Record.Number))))
            {
                continue;
            }

            next = Absolve(Requeue(next, key, losses: 0), key);
            foreach (TrialState trial in heldUp)
            {
                next = next.With(trial with { Record = trial.Record with { Status = JobStatus.Waiting, Outcome = null } });
            }
        }

        foreach (TrialState trial in state.Trials.Where(trial => which(trial.Record.Status, trial.Record.Outcome)))
        {
            var key = new JobKey(name, JobKind.Trial, trial.Record.Number);
            if (Chosen(key))
            {
                next = Absolve(Requeue(next, key, losses: 0), key);
            }
        }

        return next;

        bool Chosen(JobKey key) => chosen is null || chosen.IsEmpty || chosen.Contains(key);
    }
}
