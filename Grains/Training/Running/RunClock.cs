namespace Sweeper.Training.Running;

/// <summary>Measures a run: all of its time, and the part spent in training steps.</summary>
/// <param name="time">Source of time.</param>
/// <param name="wallBefore">Time of earlier attempts.</param>
/// <param name="trainingBefore">Of that, time spent in training steps.</param>
internal sealed class RunClock(TimeProvider time, TimeSpan wallBefore, TimeSpan trainingBefore)
{
    private readonly long _start = time.GetTimestamp();
    private long? _trainingSince;
    private TimeSpan _training;

    /// <summary>Time of this attempt.</summary>
    public TimeSpan Attempt => time.GetElapsedTime(_start);

    /// <summary>Time of all attempts.</summary>
    public TimeSpan Wall => wallBefore + Attempt;

    /// <summary>Time of all attempts spent in training steps.</summary>
    public TimeSpan Training => trainingBefore + _training + (_trainingSince is { } since ? time.GetElapsedTime(since) : TimeSpan.Zero);

    /// <summary>Training steps follow; no effect where they already do.</summary>
    public void EnterTraining() => _trainingSince ??= time.GetTimestamp();

    /// <summary>Something else follows; the device has been waited for.</summary>
    public void LeaveTraining()
    {
        if (_trainingSince is { } since)
        {
            _training += time.GetElapsedTime(since);
            _trainingSince = null;
        }
    }
}
