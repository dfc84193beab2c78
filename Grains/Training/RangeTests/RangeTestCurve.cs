using System.Collections.Immutable;

namespace Sweeper.Training.RangeTests;

/// <summary>What an LR range test measured.</summary>
/// <param name="Points">Every step, in order.</param>
/// <param name="Readings">Held-out images along the ramp, in order; empty where they were not measured.</param>
/// <param name="HighestLearningRate">Rate that the whole ramp leads to, reached or not.</param>
/// <param name="DivergedAt">Learning rate at which the test ended by divergence; null where it did not.</param>
public sealed record RangeTestCurve(
    ImmutableArray<RangeTestPoint> Points,
    ImmutableArray<RangeTestReading> Readings,
    double HighestLearningRate,
    double? DivergedAt)
{
    /// <summary>Held-out images of each reading; null: not known.</summary>
    public int? ImagesPerReading { get; init; }

    /// <summary>Whether a test of the same network diverged before this one.</summary>
    public bool IsRepeat { get; init; }
}
