namespace Sweeper.Grains.Planning.Stopping.Replaying;

/// <summary>Starts every configuration once, at full length, and stops none. Rules that stop derive from it.</summary>
/// <param name="top">Rung of the full length.</param>
/// <param name="configurations">How many configurations are started.</param>
internal class EachOncePolicy(int top, int configurations) : IReplayPolicy
{
    private int _started;

    /// <inheritdoc/>
    public RungJob? Next() => _started < configurations ? new RungJob(++_started, top) : null;

    /// <inheritdoc/>
    public virtual bool GoesOn(RungJob job, ReadOnlySpan<CycleReading> readings) => true;

    /// <inheritdoc/>
    public virtual void Ended(RungJob job, RecordedCycle cycle)
    {
    }
}
