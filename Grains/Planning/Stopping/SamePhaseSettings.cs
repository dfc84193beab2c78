namespace Sweeper.Grains.Planning.Stopping;

/// <summary>Settings of <see cref="SamePhasePredictor"/>.</summary>
internal sealed record SamePhaseSettings
{
    /// <summary>Least fraction of the cycle at which a running trial is judged; in (0, 1).</summary>
    public double From { get; init; } = 0.6;

    /// <summary>How long after the peak of the learning rate at least, as a fraction of the cycle; in [0, 1).</summary>
    public double AfterPeak { get; init; } = 0.1;

    /// <summary>Chance that the bound of a trial as good as the completed ones lies below its end; in (0, 0.5).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Completed trials below which nobody is stopped; at least 1/<see cref="Alpha"/> - 1, below which the bound is infinite.</summary>
    public int LeastCompleted { get; init; } = 20;

    /// <summary>Share of the trials that run on to the end where they would be stopped, at random; in [0, 1].</summary>
    public double AuditShare { get; init; } = 0.1;

    /// <summary>Seed of the sweep, from which it is drawn who is audited.</summary>
    public int Seed { get; init; }

    /// <summary>Fraction of the cycle from which trials are judged.</summary>
    /// <param name="peak">Fraction of the cycle at the peak of the learning rate.</param>
    public double JudgedFrom(double peak) => Math.Max(From, peak + AfterPeak);
}
