using System.Collections.Immutable;

namespace Sweeper.Training.Running;

/// <summary>A run between two steps: everything that is needed to go on with the same numbers.</summary>
internal sealed record Checkpoint
{
    /// <summary>Identity of job, data and device type; see <see cref="JobFingerprint"/>.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Steps taken.</summary>
    public required int Step { get; init; }

    /// <summary>Time so far.</summary>
    public required TimeSpan WallTime { get; init; }

    /// <summary>Time so far spent in training steps.</summary>
    public required TimeSpan TrainingTime { get; init; }

    /// <summary>State of the divergence rule, the smoothed loss included.</summary>
    public required DivergenceMonitor Monitor { get; init; }

    /// <summary>Curve so far.</summary>
    public required ImmutableArray<CurvePoint> Curve { get; init; }

    /// <summary>Sum and number of the losses since the last curve point.</summary>
    public required (double Sum, int Count) PendingLosses { get; init; }

    /// <summary>Readings so far.</summary>
    public required ImmutableArray<EvaluationReading> Evaluations { get; init; }

    /// <summary>Model, optimiser, generators, data order.</summary>
    public required SessionState Session { get; init; }
}
