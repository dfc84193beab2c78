using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Analysis;

/// <summary>1cycle against one kind of baseline. Test accuracy is never used to choose what is compared.</summary>
/// <param name="Baseline">The baseline's schedule.</param>
/// <param name="EqualSteps">Optimiser steps at which accuracies are compared; null where no length was trained by both.</param>
/// <param name="OneCycle">1cycle's best configuration at that length; null where there is none.</param>
/// <param name="BaselineAtEqualSteps">The baseline's best configuration at that length; null where there is none.</param>
/// <param name="BaselineBest">Best mean accuracy of the baseline at any step; null without a measured baseline.</param>
/// <param name="BaselineSteps">Steps at which the baseline reaches it.</param>
/// <param name="OneCycleSteps">Length of a 1cycle run that reaches it at its end, on the frontier of accuracy over length; null where none does.</param>
/// <param name="SpeedUp">Baseline's steps over 1cycle's; above 1 where 1cycle is faster; null where either is unknown.</param>
/// <param name="Verdict">Whether it may be called super-convergence.</param>
/// <param name="Sentence">The finding in one sentence with its numbers.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.Claim")]
public sealed record Claim(
    ScheduleKind Baseline,
    int? EqualSteps,
    MeanAccuracy? OneCycle,
    MeanAccuracy? BaselineAtEqualSteps,
    MeanAccuracy? BaselineBest,
    double? BaselineSteps,
    double? OneCycleSteps,
    SpeedUp? SpeedUp,
    ClaimVerdict Verdict,
    string Sentence);

/// <summary>A mean accuracy over replicates.</summary>
/// <param name="Mean">Fraction in [0, 1].</param>
/// <param name="StandardError">Standard error of the mean; null with fewer than two replicates.</param>
/// <param name="Replicates">Replicates behind it.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.MeanAccuracy")]
public sealed record MeanAccuracy(double Mean, double? StandardError, int Replicates);

/// <summary>A ratio of training lengths with its confidence interval.</summary>
/// <param name="Ratio">Baseline's steps over 1cycle's; greater than 0.</param>
/// <param name="Lower">Lower end of the 95% bootstrap interval over seeds; null with fewer than three seeds on either side.</param>
/// <param name="Upper">Upper end of it; null also where 1cycle missed the baseline's accuracy in some resamples too many to bound it.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SpeedUp")]
public sealed record SpeedUp(double Ratio, double? Lower, double? Upper);

/// <summary>Whether a finding may be called super-convergence.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClaimVerdict>))]
public enum ClaimVerdict
{
    /// <summary>The whole interval of the speed-up lies above 1.</summary>
    SuperConvergence,

    /// <summary>Faster, but the interval includes 1 or there are too few seeds for one: the word is refused.</summary>
    FasterNotSignificant,

    /// <summary>1cycle is not faster, or does not reach the baseline's best accuracy.</summary>
    NotHere,

    /// <summary>There is nothing to compare.</summary>
    NotMeasured,
}

/// <summary>Kinds of schedule that are compared.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScheduleKind>))]
public enum ScheduleKind
{
    /// <summary>One cycle, or a triangle: its accuracy counts only at its end.</summary>
    OneCycle,

    /// <summary>Constant learning rate: every reading along the way counts.</summary>
    Constant,

    /// <summary>Piecewise constant learning rate: every reading along the way counts.</summary>
    Step,
}
