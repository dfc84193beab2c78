using System.Collections.Immutable;

namespace Sweeper.Training.Running;

/// <summary>One reading on held-out images.</summary>
/// <param name="Step">Optimiser steps taken before it.</param>
/// <param name="Images">Which images.</param>
/// <param name="Loss">Mean cross-entropy, nats; of predicted numbers the mean squared error, in the target's variance.</param>
/// <param name="Accuracy">Fraction classified rightly, in [0, 1]; of predicted numbers R², at most 1.</param>
/// <param name="Classes">What it says class by class, in means; at the end of a run only.</param>
/// <param name="Errors">What it says of predicted numbers; at the end of a run only.</param>
public readonly record struct EvaluationReading(
    int Step, EvaluationImages Images, double Loss, double Accuracy, ClassReading? Classes = null, ErrorReading? Errors = null)
{
    private readonly ImmutableArray<OwnReading> _own;

    /// <summary>What metrics of the user's own say; at the end of a run only.</summary>
    public ImmutableArray<OwnReading> Own
    {
        get => _own.IsDefault ? [] : _own;
        init => _own = value.IsDefaultOrEmpty ? default : value; // two readings without any are equal
    }
}
