using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Planning.Sampling;
using Sweeper.Grains.Planning.Stopping;

namespace Sweeper.Grains.Planning;

/// <summary>A sweep between two events. Immutable; every change costs the logarithm of the number of trials at most.</summary>
internal sealed record SweepState
{
    /// <summary>What is to be done: what was asked, with what users changed since.</summary>
    public required SweepSpec Spec { get; init; }

    /// <summary>What was asked when the sweep was submitted.</summary>
    public required SweepSpec Asked { get; init; }

    /// <summary>What the sweep is a further generation of; null: of nothing.</summary>
    public SweepGeneration? Generation { get; init; }

    /// <summary>Who submitted it; null where nobody said.</summary>
    public string? SubmittedBy { get; init; }

    /// <summary>Version of the rules that it is planned by; see <see cref="PlannerRules"/>.</summary>
    public int Rules { get; init; } = PlannerRules.First;

    /// <summary>Results of earlier sweeps that the search begins with; null: none.</summary>
    public WarmStart? Warm { get; init; }

    /// <summary>Events folded so far.</summary>
    public long Sequence { get; init; }

    /// <summary>Where it stands.</summary>
    public SweepStatus Status { get; init; } = SweepStatus.Running;

    /// <summary>Why, where that is worth saying.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Cells in order of their numbers.</summary>
    public ImmutableList<CellState> Cells { get; init; } = [];

    /// <summary>Trials in order of their numbers.</summary>
    public ImmutableList<TrialState> Trials { get; init; } = [];

    /// <summary>Numbers of cells whose range test can start.</summary>
    public ImmutableSortedSet<int> ReadyCells { get; init; } = [];

    /// <summary>Numbers of trials that can start.</summary>
    public ImmutableSortedSet<int> ReadyTrials { get; init; } = [];

    /// <summary>Numbers of trials that users put in front of the queue, whatever became of them.</summary>
    public ImmutableSortedSet<int> Front { get; init; } = [];

    /// <summary>Jobs on workers.</summary>
    public ImmutableDictionary<JobKey, Assignment> Running { get; init; } = ImmutableDictionary<JobKey, Assignment>.Empty;

    /// <summary>Jobs on workers by the lease of their slot.</summary>
    public ImmutableDictionary<long, JobKey> Leases { get; init; } = ImmutableDictionary<long, JobKey>.Empty;

    /// <summary>Jobs that wait on workers behind others; no other slot is given any of them.</summary>
    public ImmutableDictionary<JobKey, PrefetchedJob> Prefetched { get; private init; } = ImmutableDictionary<JobKey, PrefetchedJob>.Empty;

    /// <summary>The same by the lease of the slot that they wait for.</summary>
    public ImmutableDictionary<long, JobKey> PrefetchedLeases { get; private init; } = ImmutableDictionary<long, JobKey>.Empty;

    /// <summary>Number of the last cell of each key: its range test, or its repeat, bounds the key.</summary>
    public ImmutableDictionary<CellKey, int> CellNumbers { get; init; } = ImmutableDictionary<CellKey, int>.Empty;

    /// <summary>Cells whose range test found a largest rate.</summary>
    public int BoundedCells { get; init; }

    /// <summary>Configurations that a strategy chose: first replicates, those aside that users put in front of the queue.</summary>
    public int Chosen { get; init; }

    /// <summary>Whether a range test has not ended yet.</summary>
    public bool HasOpenRangeTests => RangeTests.Waiting + RangeTests.Ready + RangeTests.Running > 0;

    /// <summary>Trials by state.</summary>
    public JobCounts Counts { get; init; } = Tally.Zero;

    /// <summary>Range tests by state.</summary>
    public JobCounts RangeTests { get; init; } = Tally.Zero;

    /// <summary>Epochs of jobs that ended, and of those that run.</summary>
    public double EpochsCommitted { get; init; }

    /// <summary>Time at work up to the last event.</summary>
    public TimeSpan Active { get; init; }

    /// <summary>When the last event happened.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>Numbers of the trials that the last event changed.</summary>
    public ImmutableHashSet<int> ChangedTrials { get; init; } = [];

    /// <summary>Numbers of the cells that the last event changed.</summary>
    public ImmutableHashSet<int> ChangedCells { get; init; } = [];

    /// <summary>Whether the clock of <see cref="Active"/> runs.</summary>
    public bool AtWork => Status == SweepStatus.Running || !Running.IsEmpty;

    /// <summary>Cell of a number.</summary>
    public CellState Cell(int number) => Cells[number - 1];

    /// <summary>Trial of a number.</summary>
    public TrialState Trial(int number) => Trials[number - 1];

    /// <summary>How a job stands; null where there is no such job.</summary>
    public (JobStatus Status, int Attempts, JobOutcome? Outcome, RunInfo? Run)? Standing(JobKey job) => job.Kind switch
    {
        JobKind.Trial when job.Number <= Trials.Count && Trial(job.Number).Record is var trial => (trial.Status, trial.Attempts, trial.Outcome, trial.Run),
        JobKind.RangeTest when job.Number <= Cells.Count && Cell(job.Number).Record is var cell => (cell.Status, cell.Attempts, cell.Outcome, cell.Run),
        _ => null,
    };

    /// <summary>How an end counts, which a rule of the search has a say in; this is the state after it.</summary>
    public JobOutcome OutcomeOf(SweepEvent.JobEnded ended) => ended.Key.Kind == JobKind.Trial
        ? Trial(ended.Key.Number).Record.Outcome ?? ended.Outcome
        : ended.Outcome;

    /// <summary>Whether nothing changes any more by itself: one that was cancelled has ended when its last job has.</summary>
    public bool HasEnded => Status is SweepStatus.Completed or SweepStatus.Cancelled && Running.IsEmpty;

    /// <summary>Jobs that have not started yet and still can.</summary>
    public int JobsLeft => Counts.Ready + Counts.Waiting + RangeTests.Ready + SampledSearch.Left(this);

    /// <summary>How many more slots the sweep could use now.</summary>
    public int SlotsWanted => Status != SweepStatus.Running
        ? 0
        : Math.Clamp(ParallelLeft, 0, ReadyToAssign + (SampledSearch.CanSuggest(this) ? SampledSearch.Left(this) : 0));

    /// <summary>Jobs that wait behind others and could start at once in slots of their own.</summary>
    public int PrefetchedToMove => Status != SweepStatus.Running ? 0 : Math.Clamp(ParallelLeft - SlotsWanted, 0, Prefetched.Keys.Count(IsReady));

    private int ParallelLeft => (Spec.Limits.MaxParallel ?? int.MaxValue) - Running.Count;

    /// <summary>Jobs that are ready and do not wait behind others.</summary>
    private int ReadyToAssign => ReadyCells.Count + ReadyTrials.Count - (Prefetched.IsEmpty ? 0 : Prefetched.Keys.Count(IsReady));

    /// <summary>Whether a job can start.</summary>
    public bool IsReady(JobKey job) => job.Kind == JobKind.Trial ? ReadyTrials.Contains(job.Number) : ReadyCells.Contains(job.Number);

    /// <summary>Jobs that failed on a worker and then did not on another, by the worker that they failed on.</summary>
    public ImmutableDictionary<WorkerKey, int> Suspicions { get; init; } = ImmutableDictionary<WorkerKey, int>.Empty;

    /// <summary>Jobs that failed on a worker and are to be tried by another: where they failed.</summary>
    public ImmutableDictionary<JobKey, WorkerKey> SecondTries { get; init; } = ImmutableDictionary<JobKey, WorkerKey>.Empty;

    /// <summary>Whether a limit was reached: nothing new is planned.</summary>
    public bool Exhausted { get; init; }

    /// <summary>Whether the space has no configuration that was not tried; those that were tried may still go on to longer cycles.</summary>
    public bool SpaceExhausted { get; init; }

    /// <summary>Configurations that were chosen on the way; null where the spec's strategy plans ahead.</summary>
    public SampledHistory? Sampled { get; init; }

    /// <summary>Where configurations stand on the rungs of Cycle-Hyperband; null where the spec does not ask for it.</summary>
    public CycleLadder? Ladder { get; init; }

    /// <summary>With cells and trials that a strategy adds; numbers go on from those that there are.</summary>
    public SweepState Add(Additions more)
    {
        SweepState next = this;
        foreach (CellState cell in more.Cells)
        {
            next = next with
            {
                Cells = next.Cells.Add(cell),
                ChangedCells = next.ChangedCells.Add(cell.Record.Number),
                CellNumbers = next.CellNumbers.SetItem(cell.Record.Key, cell.Record.Number),
                BoundedCells = next.BoundedCells + (IsBounded(cell) ? 1 : 0),
            };
            if (cell.HasRangeTest)
            {
                next = next with
                {
                    ReadyCells = next.ReadyCells.Add(cell.Record.Number),
                    RangeTests = next.RangeTests with { Total = next.RangeTests.Total + 1, Ready = next.RangeTests.Ready + 1 },
                };
            }
        }

        foreach (TrialState trial in more.Trials)
        {
            int number = trial.Record.Number;
            CellState cell = next.Cell(trial.Record.Cell);
            next = next with
            {
                Trials = next.Trials.Add(trial),
                ChangedTrials = next.ChangedTrials.Add(number),
                ReadyTrials = trial.Record.Status == JobStatus.Ready ? next.ReadyTrials.Add(number) : next.ReadyTrials,
                Counts = next.Counts.Plus(trial.Record.Status, trial.Record.Outcome),
                Chosen = next.Chosen + (trial.Record.Replicate == 1 ? 1 : 0),
                Cells = next.Cells.SetItem(cell.Record.Number - 1, cell with { Trials = cell.Trials.Add(number) }),
                Ladder = next.Ladder?.Add(trial.Record),
                Sampled = next.Sampled?.Add(trial),
            };
        }

        return next;
    }

    /// <summary>With one trial replaced, indexes and counts kept in step.</summary>
    public SweepState With(TrialState trial)
    {
        TrialRecord before = Trial(trial.Record.Number).Record;
        TrialRecord after = trial.Record;
        return this with
        {
            Trials = Trials.SetItem(after.Number - 1, trial),
            ChangedTrials = ChangedTrials.Add(after.Number),
            ReadyTrials = after.Status == JobStatus.Ready ? ReadyTrials.Add(after.Number) : ReadyTrials.Remove(after.Number),
            Counts = Counts.Move(before.Status, before.Outcome, after.Status, after.Outcome),
            Sampled = ReferenceEquals(before, after) ? Sampled : Sampled?.Move(after),
            Ladder = Ladder?.Move(before, after, Trials.Select(other => other.Record.Number == after.Number ? after : other.Record)),
        };
    }

    /// <summary>With one cell replaced, indexes and counts kept in step.</summary>
    public SweepState With(CellState cell)
    {
        CellRecord before = Cell(cell.Record.Number).Record;
        CellRecord after = cell.Record;
        return this with
        {
            Cells = Cells.SetItem(after.Number - 1, cell),
            ChangedCells = ChangedCells.Add(after.Number),
            ReadyCells = after.Status == JobStatus.Ready ? ReadyCells.Add(after.Number) : ReadyCells.Remove(after.Number),
            RangeTests = cell.HasRangeTest ? RangeTests.Move(before.Status, before.Outcome, after.Status, after.Outcome) : RangeTests,
            BoundedCells = BoundedCells + (IsBounded(cell) ? 1 : 0) - (IsBounded(Cell(after.Number)) ? 1 : 0),
        };
    }

    /// <summary>With a job that is given to a slot.</summary>
    public SweepState Start(JobKey key, Assignment job) => this with { Running = Running.Add(key, job), Leases = Leases.Add(job.Lease.Id, key) };

    /// <summary>With a job that is on its slot no more.</summary>
    public SweepState Leave(JobKey key) => this with { Running = Running.Remove(key), Leases = Leases.Remove(Running[key].Lease.Id) };

    /// <summary>The job that waits for a slot; null: none does.</summary>
    public JobKey? BehindLease(long lease) => PrefetchedLeases.TryGetValue(lease, out JobKey key) ? key : null;

    /// <summary>With a job that waits on a worker behind another.</summary>
    public SweepState Wait(JobKey key, PrefetchedJob job) =>
        this with { Prefetched = Prefetched.Add(key, job), PrefetchedLeases = PrefetchedLeases.Add(job.Lease.Id, key) };

    /// <summary>With a job that waits no more.</summary>
    public SweepState StopWaiting(JobKey key) =>
        this with { Prefetched = Prefetched.Remove(key), PrefetchedLeases = PrefetchedLeases.Remove(Prefetched[key].Lease.Id) };

    /// <summary>With trials that a user put in front of the queue; they are part of the sweep already.</summary>
    public SweepState PutInFront(ImmutableArray<TrialState> trials) => this with
    {
        Front = Front.Union(trials.Select(trial => trial.Record.Number)),
        Chosen = Chosen - trials.Count(trial => trial.Record.Replicate == 1),
    };

    private static bool IsBounded(CellState cell) => cell.HasRangeTest && cell.Record.Findings?.MaxLearningRate > 0;
}

/// <summary>A job that waits on a worker behind the one that runs there.</summary>
/// <param name="Number">Number of the prefetch: no two of a sweep have the same.</param>
/// <param name="Attempt">Which attempt it will be.</param>
/// <param name="Lease">Slot that it waits for.</param>
internal sealed record PrefetchedJob(long Number, int Attempt, SlotLease Lease);

/// <summary>A trial between two events.</summary>
/// <param name="Record">As it is stored.</param>
/// <param name="Position">Position in [0, 1] between the bounds of its cell's range test; null where the spec fixes the rate.</param>
/// <param name="Losses">Attempts lost since it was queued or retried.</param>
internal sealed record TrialState(TrialRecord Record, double? Position, int Losses)
{
    /// <summary>Its readings so far where a rule wants them, fractions strictly rising.</summary>
    public ImmutableArray<CycleReading> Readings { get; init; } = [];

    /// <summary>Silos that died while it ran, since it was queued or retried.</summary>
    public ImmutableArray<string> Deaths { get; init; } = [];

    /// <summary>What a rule had against it when it was let run on as an audit; null: nothing.</summary>
    public StopEvidence? Audit { get; init; }

    /// <summary>With readings beyond those that it has.</summary>
    public TrialState With(ImmutableArray<CycleReading> more)
    {
        double last = Readings.IsEmpty ? 0 : Readings[^1].Fraction;
        return this with { Readings = [.. Readings, .. more.Where(reading => reading.Fraction > last)] };
    }
}

/// <summary>A cell between two events.</summary>
/// <param name="Record">As it is stored.</param>
/// <param name="HasRangeTest">Whether the spec asks for a range test of it.</param>
/// <param name="Trials">Numbers of its trials.</param>
/// <param name="Losses">Attempts of the range test lost since it was queued or retried.</param>
internal sealed record CellState(CellRecord Record, bool HasRangeTest, ImmutableArray<int> Trials, int Losses)
{
    /// <summary>Silos that died while its range test ran, since it was queued or retried.</summary>
    public ImmutableArray<string> Deaths { get; init; } = [];
}

/// <summary>A job on a worker.</summary>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Lease">Slot that it runs in.</param>
/// <param name="StartedAt">When it was assigned.</param>
/// <param name="Configuration">Point of the space.</param>
/// <param name="StopReason">Why it was asked to stop; null where nobody did, or where the wish was taken back.</param>
/// <param name="Against">What a rule stops it for; null: none does.</param>
internal sealed record Assignment(
    int Attempt, SlotLease Lease, DateTimeOffset StartedAt, Configuration Configuration, string? StopReason = null, StopEvidence? Against = null);
