using System.Collections.Immutable;

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
/// <param name="Readings">Readings that no report has brought yet; null: none.</param>
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
    double? SecondsLeft,
    ProgressReadings? Readings = null);

/// <summary>Readings on the validation images that came since the last report, for rules that judge a trial on its way.</summary>
/// <param name="Steps">Optimiser steps taken before each; rising.</param>
/// <param name="Accuracies">Fraction classified rightly at each.</param>
/// <param name="Classes">Classes of the data.</param>
/// <param name="Images">Validation images.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.ProgressReadings")]
public sealed record ProgressReadings(ImmutableArray<int> Steps, ImmutableArray<double> Accuracies, int Classes, int Images)
{
    /// <summary>These, and later ones behind them.</summary>
    /// <param name="later">Readings of the same job; null: none.</param>
    public ProgressReadings Then(ProgressReadings? later) =>
        later is null ? this : later with { Steps = [.. Steps, .. later.Steps], Accuracies = [.. Accuracies, .. later.Accuracies] };
}

/// <summary>The coordinator's answer to a report.</summary>
public enum JobVerdict
{
    /// <summary>Go on.</summary>
    Continue,

    /// <summary>Stop: the sweep was cancelled or paused, or the attempt is no longer the current one.</summary>
    Stop,
}
