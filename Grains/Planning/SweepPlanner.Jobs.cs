using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning;

/// <summary>Jobs: given to slots, ended, lost.</summary>
internal static partial class SweepPlanner
{
    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Grant(SweepState state, SweepEvent.SlotGranted granted)
    {
        if (state.Running.Values.Any(job => job.Lease.Id == granted.Lease.Id))
        {
            return (state, Nothing);
        }

        ImmutableArray<SweepCommand> release = [new SweepCommand.Release(granted.Lease.Id)];
        if (state.SlotsWanted == 0)
        {
            return (state, release);
        }

        bool rangeTest = !state.ReadyCells.IsEmpty;
        double epochs = rangeTest ? RangeTestEpochs(state.Spec) : state.Spec.Training.Epochs;
        if (state.EpochsCommitted + epochs > (state.Spec.Limits.Epochs ?? double.PositiveInfinity))
        {
            return (ReachLimit(state, "limits.epochs", stopRunning: false).State, release);
        }

        return rangeTest
            ? AssignRangeTest(state, granted, state.Cell(state.ReadyCells[0]), epochs)
            : AssignTrial(state, granted, state.Trial(state.ReadyTrials[0]), epochs);
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) AssignRangeTest(
        SweepState state, SweepEvent.SlotGranted granted, CellState cell, double epochs)
    {
        int attempt = cell.Record.Attempts + 1;
        CellKey at = cell.Record.Key;
        var configuration = new Configuration(state.Spec.RangeTest.To, at.BatchSize, at.WeightDecay, at.Dropout);
        SweepState next = state.With(cell with { Record = cell.Record with { Status = JobStatus.Running, Attempts = attempt } });
        return Assign(next, granted, new JobKey(state.Spec.Name, JobKind.RangeTest, cell.Record.Number), attempt, configuration, state.Spec.Seed, epochs);
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) AssignTrial(
        SweepState state, SweepEvent.SlotGranted granted, TrialState trial, double epochs)
    {
        int attempt = trial.Record.Attempts + 1;
        SweepState next = state.With(trial with { Record = trial.Record with { Status = JobStatus.Running, Attempts = attempt } });
        return Assign(
            next, granted, new JobKey(state.Spec.Name, JobKind.Trial, trial.Record.Number), attempt, trial.Record.Configuration, trial.Record.Seed, epochs);
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Assign(
        SweepState state, SweepEvent.SlotGranted granted, JobKey key, int attempt, Configuration configuration, int seed, double epochs)
    {
        var ticket = new JobTicket(key, attempt, granted.Lease.Id, configuration, seed, state.Spec);
        return (
            state with
            {
                Running = state.Running.Add(key, new Assignment(attempt, granted.Lease, granted.At, configuration)),
                EpochsCommitted = state.EpochsCommitted + epochs,
            },
            [new SweepCommand.Start(granted.Lease.Worker, ticket)]);
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) End(SweepState state, SweepEvent.JobEnded ended)
    {
        if (!IsCurrent(state, ended.Key, ended.Attempt, out Assignment? job))
        {
            return (state, Nothing);
        }

        double planned = ended.Key.Kind == JobKind.RangeTest ? RangeTestEpochs(state.Spec) : state.Spec.Training.Epochs;
        SweepState next = state with
        {
            Running = state.Running.Remove(ended.Key),
            EpochsCommitted = state.EpochsCommitted - planned + ended.Run.Epochs,
        };
        next = ended.Key.Kind switch
        {
            JobKind.Trial => Finish(next, next.Trial(ended.Key.Number), ended.Outcome, ended.Run),
            JobKind.RangeTest => Finish(next, next.Cell(ended.Key.Number), ended.Outcome, ended.Run),
            _ => throw new UnreachableException(),
        };
        return (next, [new SweepCommand.Release(job.Lease.Id)]);
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Lose(SweepState state, SweepEvent.JobLost lost)
    {
        if (!IsCurrent(state, lost.Key, lost.Attempt, out Assignment? job))
        {
            return (state, Nothing);
        }

        double planned = lost.Key.Kind == JobKind.RangeTest ? RangeTestEpochs(state.Spec) : state.Spec.Training.Epochs;
        SweepState next = state with
        {
            Running = state.Running.Remove(lost.Key),
            EpochsCommitted = state.EpochsCommitted - planned,
        };
        int losses = (lost.Key.Kind == JobKind.Trial ? next.Trial(lost.Key.Number).Losses : next.Cell(lost.Key.Number).Losses)
            + (lost.HandedBack ? 0 : 1);
        var failure = losses >= state.Spec.Limits.Attempts
            ? new JobOutcome.Failed($"its worker was lost {losses} times, the last time because {lost.Reason}", WorkerLost: true)
            : null;
        next = (lost.Key.Kind, failure) switch
        {
            (JobKind.Trial, null) => Requeue(next, next.Trial(lost.Key.Number), losses),
            (JobKind.Trial, _) => Finish(next, next.Trial(lost.Key.Number), failure, null),
            (_, null) => Requeue(next, next.Cell(lost.Key.Number), losses),
            _ => Finish(next, next.Cell(lost.Key.Number), failure, null),
        };
        return (next, [new SweepCommand.Release(job.Lease.Id)]);
    }

    private static bool IsCurrent(
        SweepState state, JobKey key, int attempt, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Assignment? job) =>
        state.Running.TryGetValue(key, out job) && job.Attempt == attempt;

    private static SweepState Finish(SweepState state, TrialState trial, JobOutcome outcome, RunInfo? run) =>
        state.With(trial with { Record = trial.Record with { Status = JobStatus.Done, Outcome = outcome, Run = run } });

    private static SweepState Requeue(SweepState state, TrialState trial, int losses) =>
        state.With(trial with { Record = trial.Record with { Status = JobStatus.Ready, Outcome = null, Run = null }, Losses = losses });

    private static SweepState Requeue(SweepState state, CellState cell, int losses) =>
        state.With(cell with { Record = cell.Record with { Status = JobStatus.Ready, Outcome = null, Run = null }, Losses = losses });

    /// <summary>A range test ended: its cell's trials get their learning rates, or are skipped where it gave none.</summary>
    private static SweepState Finish(SweepState state, CellState cell, JobOutcome outcome, RunInfo? run)
    {
        SweepState next = state.With(cell with { Record = cell.Record with { Status = JobStatus.Done, Outcome = outcome, Run = run } });
        double? maximum = (outcome as JobOutcome.RangeTested)?.Findings.MaxLearningRate;
        foreach (TrialState trial in cell.Trials.Select(next.Trial).Where(trial => trial.Record.Status == JobStatus.Waiting))
        {
            next = next.With(maximum is null ? Unreachable(trial, outcome) : Bounded(state.Spec, trial, maximum.Value));
        }

        return next;
    }

    private static TrialState Bounded(SweepSpec spec, TrialState trial, double maximum)
    {
        var bounds = (AxisSpec.FromRangeTest)spec.Search.MaxLearningRate;
        double rate = AxisValues.LearningRate(bounds, trial.Position!.Value, maximum, spec.RangeTest.PullBack); // set with the same axis
        return trial with
        {
            Record = trial.Record with
            {
                Status = JobStatus.Ready,
                Configuration = trial.Record.Configuration with { MaxLearningRate = rate },
            },
        };
    }

    private static TrialState Unreachable(TrialState trial, JobOutcome outcome) => trial with
    {
        Record = trial.Record with
        {
            Status = JobStatus.Skipped,
            Outcome = new JobOutcome.Stopped("its cell's range test gave no usable maximum learning rate: " + OutcomeText.Of(outcome)),
        },
    };

    private static double RangeTestEpochs(SweepSpec spec) => spec.RangeTest.Steps is null ? spec.RangeTest.Epochs : 0;
}
