using System.Diagnostics;

namespace Sweeper.Training.Running;

/// <summary>How long a run is.</summary>
public abstract record RunLength
{
    /// <summary>Most epochs of a run: a bound on slips, not on science.</summary>
    public const int MaxEpochs = 100_000;

    /// <summary>Most steps of a run: likewise.</summary>
    public const int MaxSteps = 100_000_000;

    private RunLength()
    {
    }

    /// <summary>Optimiser steps that the length comes to; at least 1.</summary>
    /// <param name="stepsPerEpoch">Steps in one pass over the training images, as <see cref="TrainingJob.StepsPerEpoch"/> counts them.</param>
    /// <exception cref="ArgumentException">They are more than <see cref="MaxSteps"/>.</exception>
    public int ToSteps(int stepsPerEpoch)
    {
        double steps = this switch
        {
            InEpochs epochs => Math.Max(1, Math.Round(epochs.Epochs * stepsPerEpoch, MidpointRounding.AwayFromZero)),
            InSteps length => length.Steps,
            _ => throw new UnreachableException(),
        };
        return steps <= MaxSteps
            ? (int)steps
            : throw new ArgumentException(FormattableString.Invariant($"the run has {steps} steps; it must have at most {MaxSteps}"), nameof(stepsPerEpoch));
    }

    /// <summary>Every reason why this is no length; empty: it is one. Pure.</summary>
    public IReadOnlyList<string> Check() => this switch
    {
        InEpochs { Epochs: not (> 0 and <= MaxEpochs) } bad =>
            [FormattableString.Invariant($"the length is {bad.Epochs} epochs; it must be greater than 0 and at most {MaxEpochs}")],
        InSteps { Steps: < 1 or > MaxSteps } bad =>
            [FormattableString.Invariant($"the length is {bad.Steps} steps; it must be at least 1 and at most {MaxSteps}")],
        _ => [],
    };

    /// <summary>Passes over the training images.</summary>
    /// <param name="Epochs">Greater than 0, at most <see cref="MaxEpochs"/>; may be a fraction.</param>
    public sealed record InEpochs(double Epochs) : RunLength;

    /// <summary>Optimiser steps.</summary>
    /// <param name="Steps">At least 1, at most <see cref="MaxSteps"/>.</param>
    public sealed record InSteps(int Steps) : RunLength;
}
