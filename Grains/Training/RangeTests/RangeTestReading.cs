namespace Sweeper.Training.RangeTests;

/// <summary>Held-out images measured along the ramp.</summary>
/// <param name="Step">Step after which it was taken, counted from 0.</param>
/// <param name="LearningRate">Learning rate of that step.</param>
/// <param name="Loss">Mean cross-entropy, nats.</param>
/// <param name="Accuracy">Fraction classified rightly, in [0, 1].</param>
public readonly record struct RangeTestReading(int Step, double LearningRate, double Loss, double Accuracy);
