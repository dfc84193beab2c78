namespace Sweeper.Training.RangeTests;

/// <summary>One step of an LR range test.</summary>
/// <param name="Step">Step, counted from 0.</param>
/// <param name="LearningRate">Its learning rate.</param>
/// <param name="Momentum">Its momentum.</param>
/// <param name="Loss">Its training loss, nats; NaN or infinite where the test ended by it.</param>
/// <param name="SmoothedLoss">Bias-corrected moving average of the loss, nats.</param>
public readonly record struct RangeTestPoint(int Step, double LearningRate, double Momentum, double Loss, double SmoothedLoss);
