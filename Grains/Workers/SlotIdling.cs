using System.Diagnostics;
using Sweeper.Contracts.Telemetry;

namespace Sweeper.Grains.Workers;

/// <summary>Time that the slots of a device have nothing to do, with its reason, and the gaps between jobs. Not thread-safe.</summary>
/// <param name="worker">Key of the worker.</param>
internal sealed class SlotIdling(string worker)
{
    private readonly Stack<(long At, string Sweep)> _ends = [];
    private long _since = Stopwatch.GetTimestamp();
    private string _reason = SweepGauges.IdleReason(draining: false);

    /// <summary>Brings the measurement up to now.</summary>
    /// <param name="free">Slots that have been free since the last call.</param>
    /// <param name="draining">Whether the device takes no more jobs.</param>
    public void Note(int free, bool draining)
    {
        long now = Stopwatch.GetTimestamp();
        if (free > 0)
        {
            Instruments.SlotTime.Add(
                free * Stopwatch.GetElapsedTime(_since, now).TotalSeconds,
                new KeyValuePair<string, object?>(Attributes.Worker, worker),
                new KeyValuePair<string, object?>(Attributes.SlotActivity, SlotClock.Idle),
                new KeyValuePair<string, object?>(Attributes.IdleReason, _reason));
        }

        _since = now;
        _reason = SweepGauges.IdleReason(draining);
    }

    /// <summary>A job starts.</summary>
    /// <param name="free">Slots that were free until now.</param>
    /// <param name="sweep">Its sweep.</param>
    public void Started(int free, string sweep)
    {
        Note(free, draining: false);
        if (_ends.TryPop(out var last) && last.Sweep == sweep)
        {
            Instruments.JobGap.Record(Stopwatch.GetElapsedTime(last.At).TotalSeconds, new KeyValuePair<string, object?>(Attributes.Worker, worker));
        }
    }

    /// <summary>A job has ended.</summary>
    /// <param name="free">Slots that were free until now, its own not among them.</param>
    /// <param name="sweep">Its sweep.</param>
    /// <param name="draining">Whether the device takes no more jobs.</param>
    public void Ended(int free, string sweep, bool draining)
    {
        Note(free, draining);
        _ends.Push((Stopwatch.GetTimestamp(), sweep));
    }
}
