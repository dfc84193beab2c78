namespace Sweeper.Contracts.Jobs;

/// <summary>Where a running attempt stands.</summary>
/// <param name="Key">Which job.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Worker">Key of the worker.</param>
/// <param name="Step">Optimiser steps taken.</param>
/// <param name="TotalSteps">Steps of the whole job.</param>
/// <param name="LearningRate">Learning rate of the last step.</param>
/// <param name="Momentum">Momentum of the last step.</param>
/// <param name="TrainLoss">Mean training loss of the last interval, nats; NaN before the first.</param>
/// <param name="Accuracy">Last held-out accuracy; null before the first evaluation.</param>
/// <param name="ImagesPerSecond">Training images per second.</param>
/// <param name="SecondsLeft">Estimated time to the end in seconds; null before it can be told.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.JobProgress")]
public sealed record JobProgress(
    JobKey Key,
    int Attempt,
    string Worker,
    int Step,
    int TotalSteps,
    double LearningRate,
    double Momentum,
    double TrainLoss,
    double? Accuracy,
    double ImagesPerSecond,
    double? SecondsLeft);

/// <summary>The coordinator's answer to a report.</summary>
public enum JobVerdict
{
    /// <summary>Go on.</summary>
    Continue,

    /// <summary>Stop: the sweep was cancelled or paused, or the attempt is no longer the current one.</summary>
    Stop,
}
