using System.Collections.Immutable;
using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Populations;
using Sweeper.Grains.Planning.Recipe;
using Sweeper.Grains.Planning.Sampling;

namespace Sweeper.Grains.Planning;

/// <summary>
/// Every decision about a sweep, as one pure function: no clock, no random source, no I/O. The same events give the same
/// sweep, which is what recovery, the simulator and the property tests rely on.
/// </summary>
internal static partial class SweepPlanner
{
    private static readonly ImmutableArray<SweepCommand> Nothing = [];

    /// <summary>A sweep before its first event.</summary>
    public static SweepState Start(SweepSpec spec) => new() { Spec = spec, Asked = spec, Ladder = CycleLadder.Of(spec) };

    /// <summary>Takes an event.</summary>
    /// <param name="state">Sweep before it.</param>
    /// <param name="change">What happened.</param>
    /// <returns>
    /// The sweep after it and what to do then. The very same state means that the event says nothing new (a duplicate, a
    /// stale attempt): it is not stored, its commands are carried out all the same.
    /// </returns>
    public static (SweepState State, ImmutableArray<SweepCommand> Commands) Decide(SweepState state, SweepEvent change)
    {
        SweepState before = state with { ChangedTrials = [], ChangedCells = [] };
        (SweepState next, ImmutableArray<SweepCommand> commands) = change switch
        {
            SweepEvent.Submitted submitted => Submit(before, submitted),
            SweepEvent.WarmStarted warm => (before with { Warm = warm.Taken }, Nothing),
            SweepEvent.Activated => (before with { LastAt = change.At }, Nothing),
            SweepEvent.SlotGranted granted => Grant(before, granted),
            SweepEvent.Reused reused => Reuse(before, reused),
            SweepEvent.Prefetched prefetched => Prefetch(before, prefetched),
            SweepEvent.PrefetchReturned returned => TakeBack(before, returned),
            SweepEvent.PrefetchEnded => EndPrefetch(before),
            SweepEvent.JobEnded ended => End(before, ended),
            SweepEvent.JobLost lost => Lose(before, lost),
            SweepEvent.Measured measured => Measure(before, measured),
            SweepEvent.Paused => Pause(before),
            SweepEvent.Resumed => Resume(before),
            SweepEvent.Cancelled => Cancel(before),
            SweepEvent.Retried retried => Retry(before, retried),
            SweepEvent.WallTimeReached => ReachLimit(before, LimitWords.WallTime, stopRunning: true),
            SweepEvent.LimitsSet set => SetLimits(before, set),
            SweepEvent.Extended extended => Extend(before, extended),
            SweepEvent.Enqueued enqueued => Enqueue(before, enqueued),
            _ => throw new UnreachableException(),
        };
        if (ReferenceEquals(next, before))
        {
            return (state, commands);
        }

        next = Close(Continue(next));
        bool counted = state.AtWork && state.Sequence > 0 && change is not SweepEvent.Activated;
        TimeSpan since = change.At - state.LastAt;
        return (
            next with
            {
                Sequence = state.Sequence + 1,
                LastAt = since > TimeSpan.Zero ? change.At : state.LastAt, // a clock that was set back counts no minute twice
                Active = counted && since > TimeSpan.Zero ? state.Active + since : state.Active,
            },
            [.. Unwanted(before, next, again: change is SweepEvent.Activated), .. commands, .. PopulationWeights.Unneeded(before, next, again: change is SweepEvent.Activated)]);
    }

    private static (SweepState State, ImmutableArray<SweepCommand> Commands) Submit(SweepState state, SweepEvent.Submitted submitted)
    {
        if (state.Sequence > 0)
        {
            return (state, Nothing);
        }

        SweepSpec spec = SpecChanges.Apply(state.Spec, submitted);
        SearchPlan plan = SearchPlan.Of(spec);
        bool tested = spec.Repeat is null && (spec.Search.MaxLearningRate is AxisSpec.FromRangeTest || spec.Purpose == SweepPurpose.RangeTestsOnly);
        JobStatus cellStatus = tested ? JobStatus.Ready : JobStatus.Done;
        JobStatus trialStatus = tested ? JobStatus.Waiting : JobStatus.Ready;

        var members = plan.Trials.Select((trial, index) => (trial.Cell, Number: index + 1)).ToLookup(pair => pair.Cell, pair => pair.Number);
        double length = spec.Search.Strategy == SearchStrategy.SuperConvergence && spec.Purpose == SweepPurpose.Search
            ? RecipeSettings.Of(spec).RangeTestFactor(plan.Cells.Length)
            : 1;
        var cells = plan.Cells.Select((key, index) => new CellState(
            new CellRecord(index + 1, key, cellStatus, 0, null, null, length), tested, [.. members[index + 1]], 0)).ToImmutableList();
        var trials = plan.Trials.Select((trial, index) =>
        {
            CellKey cell = plan.Cells[trial.Cell - 1];
            Configuration configuration = Configuration.At(cell, tested ? 0 : trial.Rate);
            var record = new TrialRecord(
                index + 1, trial.Cell, configuration, trial.Replicate, trial.Seed, trialStatus, 0, null, null, trial.Plan);
            return new TrialState(record, tested ? trial.Rate : null, 0);
        }).ToImmutableList();

        JobCounts counts = Tally.Zero with { Total = trials.Count };
        return (state with
        {
            Spec = spec,
            Generation = submitted.Generation,
            SubmittedBy = submitted.By,
            Rules = submitted.Rules,
            Cells = cells,
            Trials = trials,
            Sampled = SampledHistory.Of(spec),
            CellNumbers = NumbersOf(cells),
            Chosen = trials.Count(trial => trial.Record.Replicate == 1),
            ChangedTrials = [.. Enumerable.Range(1, trials.Count)],
            ChangedCells = [.. Enumerable.Range(1, cells.Count)],
            ReadyCells = tested ? [.. Enumerable.Range(1, cells.Count)] : [],
            ReadyTrials = tested ? [] : [.. Enumerable.Range(1, trials.Count)],
            Counts = tested ? counts with { Waiting = trials.Count } : counts with { Ready = trials.Count },
            RangeTests = tested ? Tally.Zero with { Total = cells.Count, Ready = cells.Count } : Tally.Zero,
        }, Nothing);
    }

    private static ImmutableDictionary<CellKey, int> NumbersOf(ImmutableList<CellState> cells)
    {
        var numbers = ImmutableDictionary.CreateBuilder<CellKey, int>();
        foreach (CellState cell in cells)
        {
            numbers[cell.Record.Key] = cell.Record.Number;
        }

        return numbers.ToImmutable();
    }

    /// <summary>Lets a strategy that plans as results come in add what follows from them.</summary>
    private static SweepState Continue(SweepState state)
    {
        bool open = state.Status is SweepStatus.Running or SweepStatus.Paused && !state.Exhausted;
        if (open && PopulationTraining.IsAskedFor(state.Spec))
        {
            Additions members = PopulationTraining.Next(state);
            return members.IsEmpty ? state with { StatusReason = PopulationTraining.EndedEarly(state) ?? state.StatusReason } : state.Add(members);
        }

        if (!open || state.Spec is not { Search.Strategy: SearchStrategy.SuperConvergence, Purpose: SweepPurpose.Search })
        {
            return state;
        }

        Additions more = SuperConvergenceRecipe.Next(state);
        return more.IsEmpty ? state : state.Add(more);
    }

    /// <summary>A sweep with nothing left to run has ended.</summary>
    private static SweepState Close(SweepState state)
    {
        bool open = state.JobsLeft > 0 || !state.Running.IsEmpty;
        return open || state.Status is SweepStatus.Completed or SweepStatus.Cancelled
            ? state
            : state with { Status = SweepStatus.Completed, StatusReason = state.StatusReason ?? NothingTrained(state) };
    }

    /// <summary>Why a search has ended with nothing to choose from; null where it has not.</summary>
    private static string? NothingTrained(SweepState state)
    {
        if (state.Spec.Purpose != SweepPurpose.Search || state.Trials.Any(trial => trial.Record.Outcome is JobOutcome.Trained or JobOutcome.StoppedEarly))
        {
            return null;
        }

        return state.RangeTests.Total > 0 && state.Trials.All(trial => trial.Record.Status == JobStatus.Skipped) ? "no range test gave a learning rate, so no trial was run" : "no trial completed";
    }

    /// <summary>Nothing more starts: what waits is skipped, what runs goes on or is stopped.</summary>
    private static (SweepState State, ImmutableArray<SweepCommand> Commands) ReachLimit(SweepState state, string limit, bool stopRunning)
    {
        if (state.Status is SweepStatus.Completed or SweepStatus.Cancelled)
        {
            return (state, Nothing);
        }

        string reason = LimitWords.Reached(limit);
        bool nothingNew = state.JobsLeft == 0 && state.Running.Values.All(job => job.StopReason is not null);
        if (stopRunning && nothingNew)
        {
            return (state, StopRunning(state, reason).Commands);
        }

        var skipped = new JobOutcome.Stopped(reason);
        SweepState next = state with { StatusReason = reason, Exhausted = true };
        foreach (CellState cell in state.Cells.Where(cell => cell.Record.Status == JobStatus.Ready && !IsKept(JobKind.RangeTest, cell.Record.Number)))
        {
            next = next.With(cell with { Record = cell.Record with { Status = JobStatus.Skipped, Outcome = skipped } });
        }

        foreach (TrialState trial in state.Trials.Where(trial => trial.Record.Status is JobStatus.Ready or JobStatus.Waiting && !IsKept(JobKind.Trial, trial.Record.Number)))
        {
            next = next.With(trial with { Record = trial.Record with { Status = JobStatus.Skipped, Outcome = skipped } });
        }

        return stopRunning ? StopRunning(next, reason) : (next, Nothing);

        bool IsKept(JobKind kind, int number) => !stopRunning && state.Prefetched.ContainsKey(new JobKey(state.Spec.Name, kind, number)); // its epochs are counted
    }

    /// <summary>
    /// Asks every running job to stop, and remembers that: its end is then the end that was wished for. One that a rule has
    /// stopped already keeps that reason.
    /// </summary>
    private static (SweepState State, ImmutableArray<SweepCommand> Commands) StopRunning(SweepState state, string reason) => (
        state with { Running = state.Running.ToImmutableDictionary(job => job.Key, job => job.Value with { StopReason = job.Value.Against?.Text ?? reason }) },
        [.. state.Running.Select(job => new SweepCommand.Stop(job.Value.Lease.Worker, job.Key, job.Value.Attempt, reason))]);

    /// <summary>Takes the wish back: jobs that stop all the same, because it had reached them, are queued again.</summary>
    private static SweepState LetRun(SweepState state) =>
        state with { Running = state.Running.ToImmutableDictionary(job => job.Key, job => job.Value with { StopReason = job.Value.Against?.Text }) };
}
