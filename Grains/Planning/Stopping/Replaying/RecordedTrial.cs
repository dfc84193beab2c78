using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Stopping.Replaying;

/// <summary>A configuration that was trained to the end at every length of the cycle.</summary>
/// <param name="Number">Its number in the recording, from 1.</param>
/// <param name="Cycles">Its complete cycles, shortest first; the last is the one that a search is about.</param>
internal sealed record RecordedTrial(int Number, ImmutableArray<RecordedCycle> Cycles)
{
    /// <summary>What the longest cycle ended with; null: it diverged.</summary>
    public double? Final => Cycles[^1].Final;
}

/// <summary>One complete cycle as it was recorded.</summary>
/// <param name="Epochs">Its length in epochs.</param>
/// <param name="Readings">Validation accuracy along it, fractions rising; up to the end or the divergence.</param>
/// <param name="DivergedAt">Fraction of the cycle at which it diverged; null: it ended.</param>
internal sealed record RecordedCycle(double Epochs, ImmutableArray<CycleReading> Readings, double? DivergedAt)
{
    /// <summary>What it ended with; null: it diverged.</summary>
    public double? Final => DivergedAt is null ? Readings[^1].Accuracy : null;
}
