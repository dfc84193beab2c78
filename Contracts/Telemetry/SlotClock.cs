using System.Diagnostics;

namespace Sweeper.Contracts.Telemetry;

/// <summary>What the job on this thread spends its slot's time with. Where no job is, entering does nothing.</summary>
public sealed class SlotClock : IDisposable
{
    [ThreadStatic]
    private static SlotClock? _current;

    private readonly string _worker;
    private long _since = Stopwatch.GetTimestamp();
    private string _activity = Loading;

    private SlotClock(string worker) => _worker = worker;

    /// <summary>Images are loaded, the model is made.</summary>
    public static string Loading => "loading";

    /// <summary>Steps.</summary>
    public static string Training => "training";

    /// <summary>Readings on held-out images.</summary>
    public static string Evaluating => "evaluating";

    /// <summary>Checkpoints.</summary>
    public static string Checkpointing => "checkpointing";

    /// <summary>Nothing.</summary>
    public static string Idle => "idle";

    /// <summary>Starts the clock of a job on this thread; it begins with loading.</summary>
    /// <param name="worker">Key of the worker.</param>
    public static SlotClock Start(string worker) => _current = new SlotClock(worker);

    /// <summary>The job does something else from now on.</summary>
    public static void Enter(string activity)
    {
        if (_current is { } clock)
        {
            clock.Note();
            clock._activity = activity;
        }
    }

    /// <summary>Brings the measurement up to now.</summary>
    public static void Flush() => _current?.Note();

    /// <summary>The job has ended.</summary>
    public void Dispose()
    {
        Note();
        _current = null;
    }

    private void Note()
    {
        long now = Stopwatch.GetTimestamp();
        Instruments.SlotTime.Add(
            Stopwatch.GetElapsedTime(_since, now).TotalSeconds,
            new KeyValuePair<string, object?>(Attributes.Worker, _worker),
            new KeyValuePair<string, object?>(Attributes.SlotActivity, _activity));
        _since = now;
    }
}
