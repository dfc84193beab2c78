namespace Sweeper.Training.Running;

/// <summary>One reading on held-out images.</summary>
/// <param name="Step">Optimiser steps taken before it.</param>
/// <param name="Images">Which images.</param>
/// <param name="Loss">Mean cross-entropy, nats.</param>
/// <param name="Accuracy">Fraction classified rightly, in [0, 1].</param>
/// <param name="Classes">What it says class by class, in means; at the end of a run only.</param>
public readonly record struct EvaluationReading(int Step, EvaluationImages Images, double Loss, double Accuracy, ClassReading? Classes = null);
