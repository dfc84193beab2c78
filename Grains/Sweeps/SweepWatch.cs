using System.Collections.Immutable;
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
    private readonly Queue<SweepEventLine> _events = new();
    private long _restored;
    private SweepState? _state;
    private SweepLeaders _leaders = SweepLeaders.None;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Rises with every change.</summary>
    public long Version { get; private set; }

    /// <summary>Ends with the next change.</summary>
    public Task NextChange => _changed.Task;

    /// <summary>Leaderboard of a state.</summary>
    public SweepLeaders LeadersOf(SweepState state) => _leaders = _leaders.Of(state);

    /// <summary>Shows another state.</summary>
    public void Publish(SweepState state, SweepEventLine? line = null)
    {
        _state = state;
        foreach (JobKey key in _progress.Keys.Where(key => !state.Running.ContainsKey(key)).ToArray())
        {
            _progress.Remove(key);
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
        return SweepViews.Of(state, Version, LeadersOf(state).Rows, _progress, _events.Where(line => line.Sequence > _restored).TakeLast(ShownEvents), now);
    }

    private void Notify()
    {
        Version++;
        TaskCompletionSource changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
