namespace Sweeper.Training.Running;

/// <summary>Decides when a run is saved: after the interval, and never so often that saving takes more than its share of the time.</summary>
/// <param name="options">Interval and share.</param>
/// <param name="time">Source of time.</param>
internal sealed class CheckpointTimer(CheckpointOptions options, TimeProvider time)
{
    private long _last = time.GetTimestamp();
    private TimeSpan _cost;

    /// <summary>Whether it is time to save.</summary>
    public bool IsDue
    {
        get
        {
            // A save of cost c every c/f makes a share of f.
            TimeSpan spacing = _cost / options.MaxCost;
            return time.GetElapsedTime(_last) >= (spacing > options.Interval ? spacing : options.Interval);
        }
    }

    /// <summary>A save begins.</summary>
    /// <returns>Now, as a timestamp.</returns>
    public long Begin() => _last = time.GetTimestamp();

    /// <summary>Notes what a save cost, the writing beside the run included: it takes a processor, too.</summary>
    public void Note(TimeSpan cost) => _cost = cost;
}
