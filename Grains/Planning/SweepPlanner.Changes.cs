using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning;

/// <summary>What users change about a sweep on its way. <see cref="ChangeRules"/> says what makes no sense.</summary>
internal static partial class SweepPlanner
{
    private static (SweepState State, ImmutableArray<SweepCommand> Commands) SetLimits(SweepState state, SweepEvent.LimitsSet change)
    {
        if (ChangeRules.Refusal(state, change) is not null)
        {
            return (state, Nothing);
        }

        LimitsSpec before = state.Spec.Limits;
        SweepState next = state with { Spec = SpecChanges.Apply(state.Spec, change) };
        foreach (string limit in LimitWords.Loosened(before, change.Limits))
        {
            next = Lift(next, LimitWords.Reached(limit));
        }

        next = SkipBeyondLimit(AddPlanned(next));
        return (Continue(Reopen(next)).JobsLeft > state.JobsLeft ? Reopen(next) : next, Nothing);
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Extend(SweepState state, SweepEvent.Extended change)
    {
        if (ChangeRules.Refusal(state, change) is not null)
        {
            return (state, Nothing);
        }

        SweepState next = AddPlanned(state with { Spec = SpecChanges.Apply(state.Spec, change) });
        if (state.Spec.SuggestsOnItsWay())
        {
            next = AddSeeds(next, state.Spec.Search.Seeds);
        }

        next = Reopen(next);
        bool later = state.Spec.Search.Strategy == SearchStrategy.SuperConvergence && state.Status != SweepStatus.Completed; // the recipe asks when it is so far
        return (later || Continue(next).JobsLeft > state.JobsLeft ? next : state, Nothing);
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Enqueue(SweepState state, SweepEvent.Enqueued change)
    {
        if (ChangeRules.Refusal(state, change) is not null)
        {
            return (state, Nothing);
        }

        var plan = new TrialPlan(
            TrialRole.Candidate, state.Spec.Training.Epochs, state.Spec.Training.Schedule, $"put in front of the queue by {change.By}", Enqueued: true);
        Additions more = WantedTrial.Place(state, ChangeRules.Missing(state, change).Select(replicate => new WantedTrial(change.Configuration, plan, replicate)));
        SweepState next = state.Add(more);
        return (Reopen(next.PutInFront(more.Trials)), Nothing);
    }

    private static SweepState Reopen(SweepState state) =>
        state.Status == SweepStatus.Completed ? state with { Status = SweepStatus.Running, StatusReason = null } : state;

    /// <summary>Trials of a plan that is made ahead that the sweep has not yet.</summary>
    private static SweepState AddPlanned(SweepState state)
    {
        SweepSpec spec = state.Spec;
        if (spec.Purpose != SweepPurpose.Search || spec.Search.Strategy is not (SearchStrategy.Grid or SearchStrategy.Random))
        {
            return state;
        }

        bool tested = spec.Search.MaxLearningRate is AxisSpec.FromRangeTest;
        SearchPlan plan = SearchPlan.Of(spec);
        HashSet<(CellKey, double, int)> known = [];
        foreach (TrialState trial in state.Trials.Where(trial => !tested || trial.Position is not null))
        {
            Configuration at = trial.Record.Configuration;
            known.Add((at.Cell, trial.Position ?? at.MaxLearningRate, trial.Record.Replicate));
        }

        Dictionary<CellKey, CellState> cells = [];
        foreach (CellState cell in state.Cells.Where(cell => cell.HasRangeTest == tested))
        {
            cells[cell.Record.Key] = cell;
        }

        var newCells = ImmutableArray.CreateBuilder<CellState>();
        var trials = ImmutableArray.CreateBuilder<TrialState>();
        foreach (PlannedTrial planned in plan.Trials)
        {
            CellKey key = plan.Cells[planned.Cell - 1];
            if (!known.Add((key, planned.Rate, planned.Replicate)))
            {
                continue;
            }

            if (!cells.TryGetValue(key, out CellState? cell))
            {
                int number = state.Cells.Count + newCells.Count + 1;
                cell = new CellState(new CellRecord(number, key, tested ? JobStatus.Ready : JobStatus.Done, 0, null, null), tested, [], 0);
                cells.Add(key, cell);
                newCells.Add(cell);
            }

            var record = new TrialRecord(
                state.Trials.Count + trials.Count + 1,
                cell.Record.Number,
                Configuration.At(key, tested ? 0 : planned.Rate),
                planned.Replicate,
                planned.Seed,
                tested ? JobStatus.Waiting : JobStatus.Ready,
                0,
                null,
                null);
            trials.Add(AsItsCellStands(spec, new TrialState(record, tested ? planned.Rate : null, 0), cell));
        }

        return trials.Count == 0 ? state : state.Add(new Additions(newCells.ToImmutable(), trials.ToImmutable()));
    }

    /// <summary>A trial whose rate a range test bounds: bounded, out of reach or waiting, as the test stands.</summary>
    private static TrialState AsItsCellStands(SweepSpec spec, TrialState trial, CellState cell) =>
        (trial.Position, cell.Record) switch
        {
            (null, _) => trial,
            (_, { Findings.MaxLearningRate: { } maximum }) => Bounded(spec, trial, maximum),
            (_, { Status: JobStatus.Done or JobStatus.Skipped, Outcome: { } outcome }) => Unreachable(trial, outcome),
            _ => trial with { Record = trial.Record with { Status = JobStatus.Waiting } },
        };

    /// <summary>More seeds of the configurations that a sampler has chosen.</summary>
    private static SweepState AddSeeds(SweepState state, int before)
    {
        SweepState next = state;
        foreach (TrialState trial in state.Trials.Where(trial => trial.Record.Replicate == 1 && !state.Front.Contains(trial.Record.Number)))
        {
            int fresh = state.Spec.Search.Seeds - before;
            Additions more = WantedTrial.Place(
                next,
                Enumerable.Range(before + 1, fresh).Select(replicate => new WantedTrial(trial.Record.Configuration, trial.Record.Plan!, replicate))); // samplers plan every trial
            next = next.Add(more with { Trials = [.. more.Trials.Select(added => added with { Position = trial.Position })] });
        }

        return next;
    }

    /// <summary>Puts back what only a limit kept from running.</summary>
    private static SweepState Lift(SweepState state, string reason)
    {
        SweepState next = state.StatusReason == reason ? state with { StatusReason = null, Exhausted = false } : state;
        foreach (CellState cell in state.Cells.Where(cell => cell.HasRangeTest && IsLimited(cell.Record.Outcome)))
        {
            next = Requeue(next, new JobKey(state.Spec.Name, JobKind.RangeTest, cell.Record.Number), losses: 0);
            foreach (TrialState trial in cell.Trials.Select(next.Trial).Where(trial => trial is { Position: not null, Record.Status: JobStatus.Skipped }))
            {
                next = next.With(trial with { Record = trial.Record with { Status = JobStatus.Waiting, Outcome = null } });
            }
        }

        foreach (TrialState trial in state.Trials.Where(trial => IsLimited(trial.Record.Outcome)))
        {
            next = Requeue(next, new JobKey(state.Spec.Name, JobKind.Trial, trial.Record.Number), losses: 0);
            TrialState ready = next.Trial(trial.Record.Number);
            if (ready.Record.Configuration.MaxLearningRate == 0)
            {
                next = next.With(AsItsCellStands(next.Spec, ready, next.Cell(ready.Record.Cell)));
            }
        }

        return next with
        {
            Running = next.Running.ToImmutableDictionary(
                job => job.Key, job => job.Value.StopReason == reason ? job.Value with { StopReason = null } : job.Value),
        };

        bool IsLimited(JobOutcome? outcome) => outcome is JobOutcome.Stopped stopped && stopped.Reason == reason;
    }

    /// <summary>Skips the last of the trials that were not started, so that no more are left than the limit allows.</summary>
    private static SweepState SkipBeyondLimit(SweepState state)
    {
        int excess = state.Counts.Total - state.Counts.Skipped - (state.Spec.Limits.Trials ?? int.MaxValue);
        var skipped = new JobOutcome.Stopped(LimitWords.Reached(LimitWords.Trials));
        SweepState next = state;
        foreach (TrialState trial in state.Trials.Reverse().Where(trial => trial.Record.Status is JobStatus.Ready or JobStatus.Waiting).Take(Math.Max(0, excess)))
        {
            next = next.With(trial with { Record = trial.Record with { Status = JobStatus.Skipped, Outcome = skipped } });
        }

        foreach (CellState cell in next.Cells.Where(cell => cell.Record.Status == JobStatus.Ready && !cell.Trials.IsEmpty))
        {
            if (cell.Trials.All(number => next.Trial(number).Record.Outcome == skipped))
            {
                next = next.With(cell with { Record = cell.Record with { Status = JobStatus.Skipped, Outcome = skipped } });
            }
        }

        return next;
    }
}
