namespace Sweeper.Training.Schedules;

/// <summary>
/// Rates of Smith's LR range test: a straight line, lo + (hi − lo)·s/N (arXiv:1506.01186, section 3.3). The last step
/// stands one step short of <see cref="Highest"/>.
/// </summary>
public sealed record LinearRamp : Schedule
{
    /// <summary>Checks and keeps the parameters.</summary>
    /// <param name="lowest">Rate at step 0; at least 0.</param>
    /// <param name="highest">Rate that the line leads to; greater than <paramref name="lowest"/>.</param>
    /// <param name="totalSteps">Optimiser steps in the test (N); at least 1.</param>
    /// <param name="momentumStart">Momentum at step 0; in [0, 1).</param>
    /// <param name="momentumEnd">Momentum that a straight line leads to as the rate rises; in [0, <paramref name="momentumStart"/>]; null: it stays.</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public LinearRamp(double lowest, double highest, int totalSteps, double momentumStart, double? momentumEnd = null)
        : base(totalSteps)
    {
        ScheduleGuard.NotNegative(lowest);
        ScheduleGuard.Above(highest, lowest, nameof(lowest));
        ScheduleGuard.MomentumRange(momentumStart, momentumEnd ?? momentumStart);
        Lowest = lowest;
        Highest = highest;
        MomentumStart = momentumStart;
        MomentumEnd = momentumEnd ?? momentumStart;
    }

    /// <summary>Rate at step 0.</summary>
    public double Lowest { get; }

    /// <summary>Rate that the line leads to.</summary>
    public double Highest { get; }

    /// <summary>Momentum at step 0.</summary>
    public double MomentumStart { get; }

    /// <summary>Momentum at <see cref="Highest"/>.</summary>
    public double MomentumEnd { get; }

    private protected override SchedulePoint PointAt(int step)
    {
        double progress = (double)step / TotalSteps;
        return new(Anneal.Line(Lowest, Highest, progress), Anneal.Line(MomentumStart, MomentumEnd, progress));
    }
}
