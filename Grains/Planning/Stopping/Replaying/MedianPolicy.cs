using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Stopping.Replaying;

/// <summary>The <see cref="MedianRule"/> in a replay.</summary>
internal sealed class MedianPolicy(int top, int configurations, MedianRule rule) : EachOncePolicy(top, configurations)
{
    private ImmutableArray<CycleCurve> _completed = [];

    /// <inheritdoc/>
    public override bool GoesOn(RungJob job, ReadOnlySpan<CycleReading> readings) => rule.Against(readings, _completed) is null;

    /// <inheritdoc/>
    public override void Ended(RungJob job, RecordedCycle cycle)
    {
        if (cycle.DivergedAt is null)
        {
            _completed = _completed.Add(new CycleCurve(job.Configuration, cycle.Readings));
        }
    }
}
