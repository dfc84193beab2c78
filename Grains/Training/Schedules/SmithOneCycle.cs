namespace Sweeper.Training.Schedules;

/// <summary>
/// Smith's 1cycle: a straight way up, a straight way down, then a tail at rates far below the first (Smith,
/// arXiv:1803.09820; Smith and Topin, arXiv:1708.07120). Momentum mirrors the rate and stays high in the tail; the
/// author's own runs let it go on cycling there, which we take for a slip.
/// </summary>
public sealed record SmithOneCycle : Schedule
{
    /// <summary>Divisor of the base rate that gives the last one, where nothing else is said.</summary>
    public const double DefaultFinalDivisor = 1000;

    /// <summary>Checks and keeps the parameters.</summary>
    /// <param name="maxLearningRate">Peak rate, reached after <paramref name="stepSize"/> steps; greater than 0.</param>
    /// <param name="startDivisor">Peak over first rate ("base"); at least 1; Smith takes 10 to 40.</param>
    /// <param name="stepSize">Steps of one ramp (S), half a cycle; greater than 0, at most half of <paramref name="totalSteps"/>; need not be whole.</param>
    /// <param name="totalSteps">Optimiser steps in the run (T); at least 1. Smith's tails take 3.5 to 14% of it.</param>
    /// <param name="momentumHigh">Momentum at the first step and in the tail; in [0, 1).</param>
    /// <param name="momentumLow">Momentum at the peak rate; in [0, <paramref name="momentumHigh"/>].</param>
    /// <param name="finalDivisor">First over last rate; at least 1.</param>
    /// <param name="form">Which reading of the policy.</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public SmithOneCycle(
        double maxLearningRate,
        double startDivisor,
        double stepSize,
        int totalSteps,
        double momentumHigh,
        double momentumLow,
        double finalDivisor = DefaultFinalDivisor,
        SmithForm form = SmithForm.AsRun)
        : base(totalSteps)
    {
        ScheduleGuard.Positive(maxLearningRate);
        ScheduleGuard.Divisor(startDivisor);
        ScheduleGuard.AboveUpTo(stepSize, 0, totalSteps / 2.0);
        ScheduleGuard.MomentumRange(momentumHigh, momentumLow);
        ScheduleGuard.Divisor(finalDivisor);
        ScheduleGuard.Defined(form);
        MaxLearningRate = maxLearningRate;
        BaseLearningRate = maxLearningRate / startDivisor;
        FinalLearningRate = BaseLearningRate / finalDivisor;
        StepSize = stepSize;
        MomentumHigh = momentumHigh;
        MomentumLow = momentumLow;
        Form = form;
    }

    /// <summary>Peak rate.</summary>
    public double MaxLearningRate { get; }

    /// <summary>First rate.</summary>
    public double BaseLearningRate { get; }

    /// <summary>Last rate.</summary>
    public double FinalLearningRate { get; }

    /// <summary>Steps of one ramp (S).</summary>
    public double StepSize { get; }

    /// <summary>Momentum at the first step and in the tail.</summary>
    public double MomentumHigh { get; }

    /// <summary>Momentum at the peak rate.</summary>
    public double MomentumLow { get; }

    /// <summary>Which reading of the policy.</summary>
    public SmithForm Form { get; }

    /// <summary>The same, with the cycle's length as a fraction of the run.</summary>
    /// <param name="maxLearningRate">Peak rate; greater than 0.</param>
    /// <param name="startDivisor">Peak over first rate; at least 1.</param>
    /// <param name="cycleFraction">Part of the run that the way up and down take (2S/T); in (0, 1]; Smith's runs: 0.863 to 0.965.</param>
    /// <param name="totalSteps">Optimiser steps in the run; at least 1.</param>
    /// <param name="momentumHigh">Momentum at the first step and in the tail; in [0, 1).</param>
    /// <param name="momentumLow">Momentum at the peak rate; in [0, <paramref name="momentumHigh"/>].</param>
    /// <param name="finalDivisor">First over last rate; at least 1.</param>
    /// <param name="form">Which reading of the policy.</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public static SmithOneCycle FromCycleFraction(
        double maxLearningRate,
        double startDivisor,
        double cycleFraction,
        int totalSteps,
        double momentumHigh,
        double momentumLow,
        double finalDivisor = DefaultFinalDivisor,
        SmithForm form = SmithForm.AsRun)
    {
        ScheduleGuard.TotalSteps(totalSteps);
        ScheduleGuard.AboveUpTo(cycleFraction, 0, 1);
        double stepSize = cycleFraction * totalSteps / 2;
        return new SmithOneCycle(maxLearningRate, startDivisor, stepSize, totalSteps, momentumHigh, momentumLow, finalDivisor, form);
    }

    private protected override SchedulePoint PointAt(int step)
    {
        double halves = step / StepSize;
        return halves switch
        {
            < 1 => new(
                Anneal.Line(BaseLearningRate, MaxLearningRate, halves),
                Anneal.Line(MomentumHigh, MomentumLow, halves)),
            < 2 => new(
                WayDown(halves - 1),
                Anneal.Line(MomentumLow, MomentumHigh, halves - 1)),
            _ => new(Tail(step), MomentumHigh),
        };
    }

    private double WayDown(double progress) => Form == SmithForm.AsWritten
        ? Anneal.Line(MaxLearningRate, BaseLearningRate, progress)
        : Math.Max(Anneal.Line(MaxLearningRate, 0, progress), FinalLearningRate);

    private double Tail(int step)
    {
        double start = 2 * StepSize;
        double length = TotalSteps - 1 - start;
        // A tail of one step is its end.
        return Form == SmithForm.AsWritten && length > 0
            ? Anneal.Line(BaseLearningRate, FinalLearningRate, (step - start) / length)
            : FinalLearningRate;
    }
}
