using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Sweeps;

/// <summary>What watchers of a sweep see: its state, the progress of its jobs, its last events. Not durable.</summary>
internal sealed class SweepWatch
{
    private const int MostEvents = 20;

    private readonly Dictionary<JobKey, JobProgress> _progress = [];
    private readonly Queue<SweepEventLine> _events = new();
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
            while (_events.Count > MostEvents)
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

    /// <summary>The view of now.</summary>
    /// <param name="now">Time, UTC.</param>
    /// <exception cref="InvalidOperationException">No state was published yet.</exception>
    public SweepView View(DateTimeOffset now)
    {
        SweepState state = _state ?? throw new InvalidOperationException("There is no sweep to view yet.");
        return SweepViews.Of(state, Version, LeadersOf(state).Rows, _progress, _events, now);
    }

    private void Notify()
    {
        Version++;
        TaskCompletionSource changed = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }
}
