namespace Sweeper.Training.Schedules;

/// <summary>What the optimiser is set to for one step.</summary>
/// <param name="LearningRate">Learning rate; dimensionless, at least 0.</param>
/// <param name="Momentum">Momentum of SGD, first-moment decay (beta1) of AdamW; in [0, 1).</param>
public readonly record struct SchedulePoint(double LearningRate, double Momentum);
