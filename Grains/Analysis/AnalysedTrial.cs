using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;

namespace Sweeper.Grains.Analysis;

/// <summary>A trial as the analysis sees it.</summary>
/// <param name="Number">Number within the sweep, from 1.</param>
/// <param name="MaxLearningRate">Peak (constant, step: first) learning rate; greater than 0.</param>
/// <param name="BatchSize">Images per step; at least 1.</param>
/// <param name="WeightDecay">Weight decay; at least 0.</param>
/// <param name="Dropout">Dropout rate; in [0, 1).</param>
/// <param name="Seed">Seed: trials of the same seed had the same luck.</param>
/// <param name="Epochs">Passes over the training images that it was planned for, also where it diverged before.</param>
/// <param name="Steps">Optimiser steps that it was planned for; at least 1.</param>
/// <param name="Seconds">Wall time in seconds; at least 0.</param>
/// <param name="ValidationAccuracy">Fraction in [0, 1] at the end of the run; null where not measured.</param>
/// <param name="TestAccuracy">The same on test images.</param>
/// <param name="Diverged">Whether it diverged.</param>
/// <param name="Schedule">Kind of its schedule.</param>
/// <param name="Curve">Readings along the way, rising in step, of the accuracy that is analysed; used for baselines only. May be empty.</param>
/// <param name="TrainImages">Images trained on; 0 where that is not known, as of all trials of earlier versions.</param>
/// <param name="ByStep">Whether the length was given in steps, so that trials of equal steps are of one length.</param>
internal sealed record AnalysedTrial(
    int Number,
    double MaxLearningRate,
    int BatchSize,
    double WeightDecay,
    double Dropout,
    int Seed,
    double Epochs,
    int Steps,
    double Seconds,
    double? ValidationAccuracy,
    double? TestAccuracy,
    bool Diverged,
    ScheduleKind Schedule,
    ImmutableArray<CurveReading> Curve,
    int TrainImages = 0,
    bool ByStep = false)
{
    /// <summary>What replicates have in common.</summary>
    public TrialSetting Setting => new(Schedule, MaxLearningRate, BatchSize, WeightDecay, Dropout, Steps, TrainImages);
}

/// <summary>A reading of accuracy during a run.</summary>
/// <param name="Step">Optimiser steps taken before it.</param>
/// <param name="Accuracy">Fraction in [0, 1].</param>
internal readonly record struct CurveReading(int Step, double Accuracy);

/// <summary>A configuration with its schedule and length: trials that differ by their seed only are replicates of it.</summary>
/// <param name="Schedule">Kind of schedule.</param>
/// <param name="MaxLearningRate">Peak or first learning rate.</param>
/// <param name="BatchSize">Images per step.</param>
/// <param name="WeightDecay">Weight decay.</param>
/// <param name="Dropout">Dropout rate.</param>
/// <param name="Steps">Optimiser steps.</param>
/// <param name="TrainImages">Images trained on.</param>
internal readonly record struct TrialSetting(
    ScheduleKind Schedule, double MaxLearningRate, int BatchSize, double WeightDecay, double Dropout, int Steps, int TrainImages = 0);
