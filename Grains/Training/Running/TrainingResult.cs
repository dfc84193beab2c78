using System.Collections.Immutable;

namespace Sweeper.Training.Running;

/// <summary>Everything a run leaves behind, however it ended.</summary>
public sealed record TrainingResult
{
    /// <summary>How it ended.</summary>
    public required TrainingOutcome Outcome { get; init; }

    /// <summary>What it ran on.</summary>
    public required RunCircumstances Circumstances { get; init; }

    /// <summary>
    /// Most bytes of tensors that the run held on its device at a time in its first steps, see <see cref="RunMemory"/>; null where no step
    /// was taken alone, or where torch cannot be heard.
    /// </summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Optimiser steps taken, those before an interruption included.</summary>
    public required int Steps { get; init; }

    /// <summary>Steps that the whole run has.</summary>
    public required int TotalSteps { get; init; }

    /// <summary>Steps in one pass over the training images.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>Steps of annealed copies of the run, beside its own.</summary>
    public required int CooldownSteps { get; init; }

    /// <summary>Step of the checkpoint that this attempt went on from; 0: it began at the beginning.</summary>
    public required int ResumedFromStep { get; init; }

    /// <summary>Mean training loss of the last curve point, nats; NaN where there is none.</summary>
    public required double TrainLoss { get; init; }

    /// <summary>Training curve.</summary>
    public required ImmutableArray<CurvePoint> Curve { get; init; }

    /// <summary>Readings on held-out images, in order. A completed run ends with one on each kind of images.</summary>
    public required ImmutableArray<EvaluationReading> Evaluations { get; init; }

    /// <summary>Time of all attempts from start to end, evaluations and saving included.</summary>
    public required TimeSpan WallTime { get; init; }

    /// <summary>Of that, time spent in training steps.</summary>
    public required TimeSpan TrainingTime { get; init; }

    /// <summary>Training images per second of training time; 0 before the first step.</summary>
    public required double ImagesPerSecond { get; init; }

    /// <summary>Steps per second of training time; 0 before the first step.</summary>
    public required double StepsPerSecond { get; init; }

    /// <summary>
    /// SHA-256 of parameters and batch-norm statistics at the end, hexadecimal: equal exactly where they are, bit for
    /// bit; null where memory ran out.
    /// </summary>
    public required string? FinalWeightsHash { get; init; }

    /// <summary>Passes over the training images, those of annealed copies included.</summary>
    public double Epochs => (double)(Steps + CooldownSteps) / StepsPerEpoch;

    /// <summary>Of those, passes of annealed copies.</summary>
    public double CooldownEpochs => (double)CooldownSteps / StepsPerEpoch;

    /// <summary>Last reading on the validation images; null where there is none.</summary>
    public EvaluationReading? Validation => Last(EvaluationImages.Validation);

    /// <summary>Last reading on the test images; null where there is none.</summary>
    public EvaluationReading? Test => Last(EvaluationImages.Test);

    private EvaluationReading? Last(EvaluationImages images)
    {
        for (int i = Evaluations.Length - 1; i >= 0; i--)
        {
            if (Evaluations[i].Images == images)
            {
                return Evaluations[i];
            }
        }

        return null;
    }
}
