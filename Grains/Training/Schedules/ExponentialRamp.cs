namespace Sweeper.Training.Schedules;

/// <summary>
/// Rates of fastai's <c>lr_find</c>: start·(end/start)^(s/N). The last step stands one step short of <see cref="Highest"/>.
/// </summary>
public sealed record ExponentialRamp : Schedule
{
    /// <summary>fastai's <c>start_lr</c>.</summary>
    public const double DefaultLowest = 1e-7;

    /// <summary>fastai's <c>end_lr</c>.</summary>
    public const double DefaultHighest = 10;

    /// <summary>fastai's <c>num_it</c>.</summary>
    public const int DefaultSteps = 100;

    /// <summary>Checks and keeps the parameters.</summary>
    /// <param name="lowest">Rate at step 0; greater than 0.</param>
    /// <param name="highest">Rate that the curve leads to; greater than <paramref name="lowest"/>.</param>
    /// <param name="totalSteps">Optimiser steps in the test (N); at least 1.</param>
    /// <param name="momentumStart">Momentum at step 0; in [0, 1).</param>
    /// <param name="momentumEnd">Momentum that a straight line in the step leads to; in [0, <paramref name="momentumStart"/>]; null: it stays.</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public ExponentialRamp(double lowest, double highest, int totalSteps, double momentumStart, double? momentumEnd = null)
        : base(totalSteps)
    {
        ScheduleGuard.Positive(lowest);
        ScheduleGuard.Above(highest, lowest, nameof(lowest));
        ScheduleGuard.MomentumRange(momentumStart, momentumEnd ?? momentumStart);
        Lowest = lowest;
        Highest = highest;
        MomentumStart = momentumStart;
        MomentumEnd = momentumEnd ?? momentumStart;
    }

    /// <summary>Rate at step 0.</summary>
    public double Lowest { get; }

    /// <summary>Rate that the curve leads to.</summary>
    public double Highest { get; }

    /// <summary>Momentum at step 0.</summary>
    public double MomentumStart { get; }

    /// <summary>Momentum at <see cref="Highest"/>.</summary>
    public double MomentumEnd { get; }

    private protected override SchedulePoint PointAt(int step)
    {
        double progress = (double)step / TotalSteps;
        double rate = Math.Clamp(Lowest * Math.Pow(Highest / Lowest, progress), Lowest, Highest);
        return new(rate, Anneal.Line(MomentumStart, MomentumEnd, progress));
    }
}
