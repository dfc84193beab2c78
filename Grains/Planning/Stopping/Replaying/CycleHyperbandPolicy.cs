namespace Sweeper.Grains.Planning.Stopping.Replaying;

/// <summary><see cref="CycleHyperband"/> in a replay.</summary>
internal sealed class CycleHyperbandPolicy(CycleHyperbandSettings settings, int configurations) : IReplayPolicy
{
    private readonly HashSet<RungJob> _asked = [];

    /// <summary>What has finished.</summary>
    public RungTable Table { get; private set; } = RungTable.Empty(settings);

    /// <inheritdoc/>
    public RungJob? Next()
    {
        RungStep? step = CycleHyperband.Next(Table, _asked, configurations);
        if (step is not null)
        {
            _asked.Add(step.Job);
        }

        return step?.Job;
    }

    /// <inheritdoc/>
    public bool GoesOn(RungJob job, ReadOnlySpan<CycleReading> readings) => true;

    /// <inheritdoc/>
    public void Ended(RungJob job, RecordedCycle cycle) => Table = Table.Add(new RungResult(job, cycle.Final));
}
