using Sweeper.Training.Running;

namespace Sweeper.Training.RangeTests;

/// <summary>Everything a range test leaves behind, however it ended.</summary>
public sealed record RangeTestResult
{
    /// <summary>How it ended.</summary>
    public required RangeTestOutcome Outcome { get; init; }

    /// <summary>What it ran on.</summary>
    public required RunCircumstances Circumstances { get; init; }

    /// <summary>What it measured.</summary>
    public required RangeTestCurve Curve { get; init; }

    /// <summary>What the rules make of it.</summary>
    public required RangeTestSuggestions Suggestions { get; init; }

    /// <summary>Images of each reading along the ramp, in words, such as <c>1,000 of 1,000 validation images</c>; null where none were read.</summary>
    public required string? MeasuredOn { get; init; }

    /// <summary>Optimiser steps taken.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps of the whole ramp.</summary>
    public required int TotalSteps { get; init; }

    /// <summary>Steps in one pass over the training images.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>Time from start to end, readings included.</summary>
    public required TimeSpan WallTime { get; init; }

    /// <summary>Training images per second of training time; 0 before the first step.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Passes over the training images.</summary>
    public double Epochs => (double)Steps / StepsPerEpoch;
}
