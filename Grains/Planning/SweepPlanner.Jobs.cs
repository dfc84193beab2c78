using System.Collections.Immutable;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning.Sampling;

namespace Sweeper.Grains.Planning;

/// <summary>Jobs: given to slots, ended, lost.</summary>
internal static partial class SweepPlanner
{
    /// <summary>Sums of epochs are compared with the limit to within this: ten times 0.1 is one.</summary>
    private const double EpochRounding = 1e-6;

    /// <summary>The job that would take a slot; null: none would. Its cost is left aside: it may turn out to have none.</summary>
    public static JobTicket? Peek(SweepState state, SlotLease lease) =>
        Grant(state, new SweepEvent.SlotGranted(lease, state.LastAt), free: true).Commands.OfType<SweepCommand.Start>().FirstOrDefault()?.Ticket;

    /// <summary>Gives a slot to the next job.</summary>
    /// <param name="state">Sweep.</param>
    /// <param name="granted">The slot.</param>
    /// <param name="free">Whether the job costs nothing, so that no limit of epochs stands against it.</param>
    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Grant(SweepState state, SweepEvent.SlotGranted granted, bool free = false)
    {
        if (state.Leases.ContainsKey(granted.Lease.Id))
        {
            return (state, Nothing);
        }

        if (state.BehindLease(granted.Lease.Id) is { } waiting)
        {
            return HandOn(state, granted, waiting);
        }

        ImmutableArray<SweepCommand> release = [new SweepCommand.Release(granted.Lease.Id)];
        if (state.SlotsWanted == 0)
        {
            return (state, release);
        }

        if (NextFor(state, granted.Alone ? null : granted.Lease.Worker) is not { } key)
        {
            SweepState more = state.ReadyCells.IsEmpty && SampledSearch.Left(state) > 0 ? SampledSearch.Suggest(state) : state;
            return more.ReadyTrials.Count == state.ReadyTrials.Count ? (more, release) : Grant(more, granted, free);
        }

        double epochs = PlannedEpochs(state, key);
        if (!free && !Affords(state, epochs))
        {
            return (ReachLimit(state, LimitWords.Epochs, stopRunning: false).State, release);
        }

        JobTicket ticket = Ticket(state, key, granted.Lease.Id);
        return (
            Run(state, granted, ticket.Key, ticket.Attempt) with { EpochsCommitted = state.EpochsCommitted + epochs },
            [new SweepCommand.Start(granted.Lease.Worker, ticket)]);
    }

    /// <summary>A job that runs in a slot.</summary>
    private static SweepState Run(SweepState state, SweepEvent.SlotGranted granted, JobKey key, int attempt) =>
        At(state, key, JobStatus.Running, attempt).Start(key, new Assignment(attempt, granted.Lease, granted.At, PointOf(state, key)));

    private static bool Affords(SweepState state, double epochs) =>
        state.EpochsCommitted + epochs <= (state.Spec.Limits.Epochs ?? double.PositiveInfinity) + EpochRounding;

    /// <summary>The job that takes a slot; null: there is none.</summary>
    /// <param name="state">Sweep.</param>
    /// <param name="worker">Worker of the slot: a job that failed there is for another. Null: for whoever there is.</param>
    private static JobKey? NextFor(SweepState state, WorkerKey? worker)
    {
        string sweep = state.Spec.Name;
        if (state.Front.Where(state.ReadyTrials.Contains).Where(number => Fits(JobKind.Trial, number)).Select(number => (int?)number).FirstOrDefault() is { } front)
        {
            return new JobKey(sweep, JobKind.Trial, front);
        }

        foreach (int cell in state.ReadyCells.Where(number => Fits(JobKind.RangeTest, number)))
        {
            return new JobKey(sweep, JobKind.RangeTest, cell);
        }

        foreach (int trial in state.ReadyTrials.Where(number => Fits(JobKind.Trial, number)))
        {
            return new JobKey(sweep, JobKind.Trial, trial);
        }

        return null;

        bool Fits(JobKind kind, int number)
        {
            var key = new JobKey(sweep, kind, number);
            bool failedHere = worker is not null && state.SecondTries.TryGetValue(key, out WorkerKey failedOn) && failedOn == worker;
            return !failedHere && !state.Prefetched.ContainsKey(key);
        }
    }

    /// <summary>The next job ends with the result of an earlier one, without an attempt and at no cost.</summary>
    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Reuse(SweepState state, SweepEvent.Reused reused)
    {
        ImmutableArray<SweepCommand> release = [new SweepCommand.Release(reused.Lease.Id)];
        SweepState granted = Grant(state, new SweepEvent.SlotGranted(reused.Lease, reused.At), free: true).State;
        if (state.Running.ContainsKey(reused.Key) || granted.Running.GetValueOrDefault(reused.Key)?.Lease != reused.Lease)
        {
            return (state, release); // another job is the next by now
        }

        SweepState next = TakeOff(granted, reused.Key);
        next = At(next, reused.Key, status: null, AttemptsOf(next, reused.Key) - 1); // there was none
        return (Finish(next, reused.Key, reused.Outcome, reused.Run), release);
    }

    /// <summary>The ticket of a job's next attempt.</summary>
    /// <param name="state">Sweep.</param>
    /// <param name="key">Which job; it is ready.</param>
    /// <param name="lease">Slot that it runs in.</param>
    private static JobTicket Ticket(SweepState state, JobKey key, long lease)
    {
        int attempt = AttemptsOf(state, key) + 1;
        Configuration configuration = PointOf(state, key);
        if (key.Kind == JobKind.Trial)
        {
            TrialRecord trial = state.Trial(key.Number).Record;
            return new JobTicket(key, attempt, lease, configuration, trial.Seed, state.Spec, trial.Plan);
        }

        CellRecord cell = state.Cell(key.Number).Record;
        return new JobTicket(key, attempt, lease, configuration, state.Spec.Seed, state.Spec, null, cell.LengthFactor, cell.Repeat);
    }

    /// <summary>Point that a job is at; the rate of a range test is that of its ramp's end.</summary>
    private static Configuration PointOf(SweepState state, JobKey key) => key.Kind == JobKind.Trial
        ? state.Trial(key.Number).Record.Configuration
        : Configuration.At(state.Cell(key.Number).Record.Key, state.Cell(key.Number).Record.Repeat?.To ?? state.Spec.RangeTest.To);

    private static int AttemptsOf(SweepState state, JobKey key) =>
        key.Kind == JobKind.Trial ? state.Trial(key.Number).Record.Attempts : state.Cell(key.Number).Record.Attempts;

    /// <summary>With a job elsewhere, so many of its attempts used up.</summary>
    private static SweepState At(SweepState state, JobKey key, JobStatus? status, int attempts)
    {
        if (key.Kind == JobKind.Trial)
        {
            TrialState trial = state.Trial(key.Number);
            return state.With(trial with { Record = trial.Record with { Status = status ?? trial.Record.Status, Attempts = attempts } });
        }

        CellState cell = state.Cell(key.Number);
        return state.With(cell with { Record = cell.Record with { Status = status ?? cell.Record.Status, Attempts = attempts } });
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) End(SweepState state, SweepEvent.JobEnded ended)
    {
        if (!IsCurrent(state, ended.Key, ended.Attempt, out Assignment? job))
        {
            return (state, Nothing);
        }

        SweepState next = TakeOff(state, ended.Key);
        if (ended.Readings is { } readings)
        {
            next = next.With(next.Trial(ended.Key.Number) with { Readings = readings });
        }

        if (IsForAnother(next, ended))
        {
            return PassOn(TryElsewhere(next, ended.Key, job.Lease.Worker), job.Lease, ended.Successor);
        }

        (next, ImmutableArray<SweepCommand> quarantine) = Compare(next, ended, job.Lease.Worker);
        bool stoppedInVain = ended.Outcome is JobOutcome.Stopped && job.StopReason is null; // the wish was taken back on its way
        next = stoppedInVain
            ? Requeue(next, ended.Key, Losses(next, ended.Key))
            : Finish(next, ended.Key, Judged(next, ended.Key, ended.Outcome, job), ended.Run);
        (next, ImmutableArray<SweepCommand> slot) = PassOn(next, job.Lease, ended.Successor);
        return (next, [.. slot, .. quarantine]);
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Lose(SweepState state, SweepEvent.JobLost lost)
    {
        if (!IsCurrent(state, lost.Key, lost.Attempt, out Assignment? job))
        {
            return (state, Nothing);
        }

        (SweepState next, ImmutableArray<SweepCommand> slot) = LoseSlot(TakeOff(state, lost.Key), job.Lease, lost);
        if (lost.Died is { } silo && job.StopReason is null)
        {
            next = Blame(next, lost.Key, silo);
            if (IsPoison(next, lost.Key, out ImmutableArray<string> deaths))
            {
                (next, ImmutableArray<SweepCommand> stops) = Quarantine(next, lost.Key, deaths);
                return (next, [.. slot, .. stops]);
            }
        }

        int losses = Losses(next, lost.Key) + (lost.HandedBack ? 0 : 1);
        next = (job.StopReason, losses >= state.Spec.Limits.Attempts) switch
        {
            ({ } reason, _) => Finish(next, lost.Key, Judged(next, lost.Key, new JobOutcome.Stopped(reason), job), null),
            (null, true) => Finish(
                next,
                lost.Key,
                new JobOutcome.Failed($"its worker was lost {losses} times, the last time because {lost.Reason}", WorkerLost: true),
                null),
            (null, false) => Requeue(next, lost.Key, losses),
        };
        return (next, slot);
    }

    private static bool IsCurrent(SweepState state, JobKey key, int attempt, [NotNullWhen(true)] out Assignment? job) =>
        state.Running.TryGetValue(key, out job) && job.Attempt == attempt;

    private static SweepState TakeOff(SweepState state, JobKey key) => state.Leave(key) with
    {
        EpochsCommitted = state.EpochsCommitted - PlannedEpochs(state, key),
    };

    private static int Losses(SweepState state, JobKey key) =>
        key.Kind == JobKind.Trial ? state.Trial(key.Number).Losses : state.Cell(key.Number).Losses;

    private static SweepState Finish(SweepState state, JobKey key, JobOutcome outcome, RunInfo? run)
    {
        SweepState next = state with { EpochsCommitted = state.EpochsCommitted + (run?.EpochsSpent ?? 0) };
        return key.Kind switch
        {
            JobKind.Trial => Finish(next, next.Trial(key.Number), outcome, run),
            JobKind.RangeTest => Finish(next, next.Cell(key.Number), outcome, run),
            _ => throw new UnreachableException(),
        };
    }

    private static SweepState Finish(SweepState state, TrialState trial, JobOutcome outcome, RunInfo? run) =>
        state.With(trial with { Record = trial.Record with { Status = JobStatus.Done, Outcome = outcome, Run = run } });

    /// <summary>Puts a job back into the queue. What it had spent no longer counts: it goes on from its checkpoint and reports the whole.</summary>
    private static SweepState Requeue(SweepState state, JobKey key, int losses)
    {
        if (key.Kind == JobKind.Trial)
        {
            TrialState trial = state.Trial(key.Number);
            return (state with { EpochsCommitted = state.EpochsCommitted - (trial.Record.Run?.EpochsSpent ?? 0) })
                .With(trial with { Record = trial.Record with { Status = JobStatus.Ready, Outcome = null, Run = null }, Losses = losses });
        }

        CellState cell = state.Cell(key.Number);
        return (state with { EpochsCommitted = state.EpochsCommitted - (cell.Record.Run?.EpochsSpent ?? 0) })
            .With(cell with { Record = cell.Record with { Status = JobStatus.Ready, Outcome = null, Run = null }, Losses = losses });
    }

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

    private static double PlannedEpochs(SweepState state, JobKey key) => key.Kind == JobKind.Trial
        ? PlannedEpochs(state.Spec, state.Trial(key.Number).Record)
        : PlannedEpochs(state.Spec, state.Cell(key.Number).Record);

    /// <summary>Epochs that a trial will take, cooldown readings included; 0 for one that is counted in steps, which shows how many those were when it has ended.</summary>
    private static double PlannedEpochs(SweepSpec spec, TrialRecord trial) => (trial.Plan?.Epochs ?? spec.Training.Epochs) * spec.Training.CostFactor;

    /// <summary>Epochs that a range test will take; one that is counted in steps shows how many those were when it has ended.</summary>
    private static double PlannedEpochs(SweepSpec spec, CellRecord cell) => spec.RangeTest is { Method: RangeTestMethod.Smith, Steps: null } test
        ? test.Epochs * cell.LengthFactor
        : 0;
}
