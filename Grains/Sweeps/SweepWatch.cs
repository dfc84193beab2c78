using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Sweeps;

/// <summary>What watchers of a sweep see: its state, the progress of its jobs, its last events. Not durable.</summary>
internal sealed class SweepWatch
{
    /// <summary>Events that are kept for watchers that have missed some.</summary>
    public const int KeptEvents = 1000;

    private const int ShownEvents = 20;

    private readonly Dictionary<JobKey, JobProgress> _progress = [];
    private readonly Dictionary<JobKey, LiveCurve> _curves = [];
    private readonly Dictionary<int, long> _changedTrials = [];
    private readonly Dictionary<int, long> _changedCells = [];
    private readonly Queue<SweepEventLine> _events = new();
    private long _restored;
    private SweepState? _state;
    private string _course = NewCourse();
    private SweepLeaders _leaders = SweepLeaders.None;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Rises with every change.</summary>
    public long Version { get; private set; }

    /// <summary>Ends with the next change.</summary>
    public Task NextChange => _changed.Task;

    /// <summary>What a watcher hands back to hear only what came later.</summary>
    public string Mark => string.Create(CultureInfo.InvariantCulture, $"{_course}-{Version}");

    /// <summary>Leaderboards and totals of the states after events; they are shown with them, or not at all.</summary>
    /// <param name="events">State before and after each event; the first follows the state that is shown, each other one the event before it.</param>
    public SweepLeaders[] LeadersOf(IEnumerable<(SweepState Before, SweepState After)> events)
    {
        SweepLeaders leaders = _leaders;
        return [.. events.Select(change => leaders = leaders.Of(change.Before, change.After))];
    }

    /// <summary>Shows a state that was read anew: what changed since the last one is not known, so marks of before mean nothing any more.</summary>
    public void Begin(SweepState state)
    {
        _course = NewCourse();
        Publish(state, SweepLeaders.None.Of(state));
        _changedTrials.Clear();
        _changedCells.Clear();
    }

    /// <summary>Wakes those that wait, for the sweep is gone.</summary>
    public void End() => Notify();

    /// <summary>Shows another state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="leaders">Its leaderboard and totals.</param>
    /// <param name="line">What to say of the event that led to it; null: nothing.</param>
    public void Publish(SweepState state, SweepLeaders leaders, SweepEventLine? line = null)
    {
        _state = state;
        _leaders = leaders.Of(state);
        foreach (JobKey key in _progress.Keys.Where(key => !state.Running.ContainsKey(key)).ToArray())
        {
            _progress.Remove(key);
        }

        foreach (JobKey key in _curves.Keys.Where(key => !state.Running.ContainsKey(key)).ToArray())
        {
            _curves.Remove(key);
        }

        foreach (int number in state.ChangedTrials)
        {
            _changedTrials[number] = Version + 1;
        }

        foreach (int number in state.ChangedCells)
        {
            _changedCells[number] = Version + 1;
        }

        if (line is not null)
        {
            _events.Enqueue(line);
            while (_events.Count > KeptEvents)
            {
                _events.Dequeue();
            }
        }

        Notify();
    }

    /// <summary>Shows a job's progress.</summary>
    public void Publish(JobProgress progress)
    {
        _progress[progress.Key] = progress;
        if (!_curves.TryGetValue(progress.Key, out LiveCurve? curve) || curve.Attempt != progress.Attempt)
        {
            curve = new LiveCurve(progress.Attempt, progress.TotalSteps, Version + 1);
            _curves[progress.Key] = curve;
        }

        curve.Add(progress, Version + 1);
        Notify();
    }

    /// <summary>Takes the last events of before this coordinator: for watchers that have missed some, not for those that come anew.</summary>
    public void Restore(IEnumerable<SweepEventLine> lines)
    {
        _events.Clear();
        foreach (SweepEventLine line in lines)
        {
            _events.Enqueue(line);
            _restored = line.Sequence;
        }
    }

    /// <summary>Events after one that a watcher knows.</summary>
    public ImmutableArray<SweepEventLine> EventsAfter(long sequence) => [.. _events.Where(line => line.Sequence > sequence)];

    /// <summary>The view of now.</summary>
    /// <param name="now">Time, UTC.</param>
    /// <exception cref="InvalidOperationException">No state was published yet.</exception>
    public SweepView View(DateTimeOffset now)
    {
        SweepState state = _state ?? throw new InvalidOperationException("There is no sweep to view yet.");
        return SweepViews.Of(state, Version, _leaders, _progress, _events.Where(line => line.Sequence > _restored).TakeLast(ShownEvents), now);
    }

    /// <summary>What came after a mark; everything where it is none of this course.</summary>
    /// <param name="mark">Mark; null: none.</param>
    /// <param name="wholeCurves">Whether curves are wanted from their first point.</param>
    /// <param name="make">Makes the answer of its parts.</param>
    /// <exception cref="InvalidOperationException">No state was published yet.</exception>
    public T After<T>(string? mark, bool wholeCurves, Func<bool, ImmutableArray<CellRecord>, ImmutableArray<TrialRecord>, ImmutableArray<RunningCurve>, T> make)
    {
        SweepState state = _state ?? throw new InvalidOperationException("There is no sweep to view yet.");
        long? after = Read(mark);
        return make(
            after is null,
            after is { } one ? [.. Changed(_changedCells, one).Select(number => state.Cell(number).Record)] : [.. state.Cells.Select(cell => cell.Record)],
            after is { } two ? [.. Changed(_changedTrials, two).Select(number => state.Trial(number).Record)] : [.. state.Trials.Select(trial => trial.Record)],
            [
                .. _curves.OrderBy(pair => pair.Key.Kind).ThenBy(pair => pair.Key.Number)
                    .Select(pair => Curve(state, pair.Key, pair.Value, wholeCurves ? null : after))
                    .Where(curve => curve.Whole || curve.Curves.Step.Length + curve.Curves.Evaluations.Length > 0),
            ]);

        static IEnumerable<int> Changed(Dictionary<int, long> changes, long after) =>
            changes.Where(change => change.Value > after).Select(change => change.Key).Order();
    }

    private static RunningCurve Curve(SweepState state, JobKey key, LiveCurve curve, long? after)
    {
        bool whole = after is not { } view || curve.Since > view;
        TrialRecord? trial = key.Kind == JobKind.Trial ? state.Trial(key.Number).Record : null;
        return new RunningCurve(
            key,
            curve.Attempt,
            curve.TotalSteps,
            whole,
            trial?.Configuration.MaxLearningRate ?? 0,
            trial is null ? null : trial.Plan?.Schedule ?? state.Spec.Training.Schedule,
            curve.After(whole ? -1 : after!.Value)); // otherwise whole
    }

    private long? Read(string? mark) =>
        mark is not null
        && mark.StartsWith(_course + "-", StringComparison.Ordinal)
        && long.TryParse(mark.AsSpan(_course.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long version)
        && version <= Version
            ? version
            : null;

    // Another coordinator counts its views anew, so their numbers alone would be mistaken for each other.
    private static string NewCourse() => Guid.NewGuid().ToString("N")[..12];

    private void Notify()
    {
        Version++;
        TaskCompletionSource changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
