namespace Sweeper.Training.Schedules;

/// <summary>One rate and one momentum throughout: the plainest baseline.</summary>
public sealed record ConstantSchedule : Schedule
{
    private readonly SchedulePoint _point;

    /// <summary>Checks and keeps the parameters.</summary>
    /// <param name="learningRate">Rate; greater than 0.</param>
    /// <param name="momentum">Momentum; in [0, 1).</param>
    /// <param name="totalSteps">Optimiser steps in the run; at least 1.</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public ConstantSchedule(double learningRate, double momentum, int totalSteps)
        : base(totalSteps)
    {
        ScheduleGuard.Positive(learningRate);
        ScheduleGuard.Momentum(momentum);
        _point = new(learningRate, momentum);
    }

    /// <summary>The rate.</summary>
    public double LearningRate => _point.LearningRate;

    /// <summary>The momentum.</summary>
    public double Momentum => _point.Momentum;

    private protected override SchedulePoint PointAt(int step) => _point;
}
