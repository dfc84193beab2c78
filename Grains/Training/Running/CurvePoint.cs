namespace Sweeper.Training.Running;

/// <summary>One interval of a training curve.</summary>
/// <param name="Step">Optimiser steps taken at its end, from 1.</param>
/// <param name="LearningRate">Learning rate of its last step.</param>
/// <param name="Momentum">Momentum of its last step.</param>
/// <param name="TrainLoss">Mean training loss over its steps, nats.</param>
/// <param name="SmoothedLoss">Bias-corrected moving average of the training loss at its end, nats.</param>
public readonly record struct CurvePoint(int Step, double LearningRate, double Momentum, double TrainLoss, double SmoothedLoss);
