using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning.Stopping.Replaying;

/// <summary><see cref="HopefulRungs"/> in a replay: its two lengths are the shortest and the longest of the recording.</summary>
/// <param name="settings">Settings of the recording; what is kept is set here.</param>
/// <param name="configurations">How many configurations are started.</param>
/// <param name="top">Rung of the full length in the recording.</param>
internal sealed class HopefulPolicy(CycleHyperbandSettings settings, int configurations, int top) : IReplayPolicy
{
    private readonly CycleHyperbandPolicy _rungs = new(settings with { Keep = RungKeep.Hopeful }, configurations);

    /// <summary>What has finished, on two rungs.</summary>
    public RungTable Table => _rungs.Table;

    /// <inheritdoc/>
    public RungJob? Next() => _rungs.Next() is { } job ? job with { Rung = job.Rung == 0 ? 0 : top } : null;

    /// <inheritdoc/>
    public bool GoesOn(RungJob job, ReadOnlySpan<CycleReading> readings) => true;

    /// <inheritdoc/>
    public void Ended(RungJob job, RecordedCycle cycle) => _rungs.Ended(job with { Rung = Math.Min(job.Rung, 1) }, cycle);
}
