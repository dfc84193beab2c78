namespace Sweeper.Training.Running;

/// <summary>Where a run stands. Reported on the run's own thread: whoever receives it must return at once.</summary>
/// <param name="Step">Optimiser steps taken.</param>
/// <param name="TotalSteps">Steps in the whole run.</param>
/// <param name="LearningRate">Learning rate of the last step.</param>
/// <param name="Momentum">Momentum of the last step.</param>
/// <param name="TrainLoss">Mean training loss of the steps since the last report, or of the last steps reported where there are none since, nats; NaN before the first.</param>
/// <param name="ValidationAccuracy">Last accuracy on the validation images; null before the first.</param>
/// <param name="TestAccuracy">Last accuracy on the test images; null before the first.</param>
/// <param name="ImagesPerSecond">Training images per second of training time; 0 before the first step.</param>
/// <param name="TimeLeft">Estimate of the time to the end, evaluations included; null before it can be told.</param>
public sealed record TrainingProgress(
    int Step,
    int TotalSteps,
    double LearningRate,
    double Momentum,
    double TrainLoss,
    double? ValidationAccuracy,
    double? TestAccuracy,
    double ImagesPerSecond,
    TimeSpan? TimeLeft)
{
    /// <summary>Readings on the validation images since the last report, those of a checkpoint that it went on from included.</summary>
    public IReadOnlyList<EvaluationReading> NewReadings { get; init; } = [];

    /// <summary>As <see cref="TrainingResult.MemoryBytes"/>, once the first steps are taken.</summary>
    public long? MemoryBytes { get; init; }
}
