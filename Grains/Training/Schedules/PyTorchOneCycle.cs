namespace Sweeper.Training.Schedules;

/// <summary>
/// 1cycle with the numbers of PyTorch's <c>OneCycleLR</c>: phases end at the real-valued steps peakAt·T − 1,
/// 2·peakAt·T − 2 (three phases) and T − 1. TorchSharp's own class is not used: it takes the parameter group's index
/// for the phase's.
/// </summary>
/// <remarks>
/// Where peakAt·T is at most 1 PyTorch divides by zero or starts past the peak; here the way up then has no length, and
/// the first step is the peak itself.
/// </remarks>
public sealed record PyTorchOneCycle : Schedule
{
    /// <summary>PyTorch's <c>div_factor</c>.</summary>
    public const double DefaultStartDivisor = 25;

    /// <summary>PyTorch's <c>final_div_factor</c>.</summary>
    public const double DefaultFinalDivisor = 1e4;

    /// <summary>PyTorch's <c>pct_start</c>.</summary>
    public const double DefaultPeakAt = 0.3;

    /// <summary>PyTorch's <c>max_momentum</c>.</summary>
    public const double DefaultMomentumHigh = 0.95;

    /// <summary>PyTorch's <c>base_momentum</c>.</summary>
    public const double DefaultMomentumLow = 0.85;

    /// <summary>Checks and keeps the parameters; the defaults are PyTorch's.</summary>
    /// <param name="maxLearningRate">Peak rate; greater than 0.</param>
    /// <param name="totalSteps">Optimiser steps in the run; at least 1.</param>
    /// <param name="startDivisor">Peak over first rate; at least 1.</param>
    /// <param name="finalDivisor">First over last rate; at least 1.</param>
    /// <param name="peakAt">Fraction of the run at which the rate peaks; in (0, 1), with three phases in (0, 0.5].</param>
    /// <param name="phases">Two or three phases.</param>
    /// <param name="anneal">Cosine or straight line.</param>
    /// <param name="momentumHigh">Momentum where the rate is low; in [0, 1).</param>
    /// <param name="momentumLow">Momentum at the peak rate; in [0, <paramref name="momentumHigh"/>].</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public PyTorchOneCycle(
        double maxLearningRate,
        int totalSteps,
        double startDivisor = DefaultStartDivisor,
        double finalDivisor = DefaultFinalDivisor,
        double peakAt = DefaultPeakAt,
        OneCyclePhases phases = OneCyclePhases.Two,
        AnnealShape anneal = AnnealShape.Cosine,
        double momentumHigh = DefaultMomentumHigh,
        double momentumLow = DefaultMomentumLow)
        : base(totalSteps)
    {
        ScheduleGuard.Positive(maxLearningRate);
        ScheduleGuard.Divisor(startDivisor);
        ScheduleGuard.Divisor(finalDivisor);
        ScheduleGuard.Defined(phases);
        ScheduleGuard.Defined(anneal);
        if (phases == OneCyclePhases.Three)
        {
            ScheduleGuard.AboveUpTo(peakAt, 0, 0.5); // the way back down is as long as the way up
        }
        else
        {
            ScheduleGuard.Between(peakAt, 0, 1);
        }

        ScheduleGuard.MomentumRange(momentumHigh, momentumLow);
        MaxLearningRate = maxLearningRate;
        StartLearningRate = maxLearningRate / startDivisor;
        FinalLearningRate = StartLearningRate / finalDivisor;
        PeakAt = peakAt;
        Phases = phases;
        Anneal = anneal;
        MomentumHigh = momentumHigh;
        MomentumLow = momentumLow;
    }

    /// <summary>Peak rate.</summary>
    public double MaxLearningRate { get; }

    /// <summary>First rate.</summary>
    public double StartLearningRate { get; }

    /// <summary>Last rate.</summary>
    public double FinalLearningRate { get; }

    /// <summary>Fraction of the run at which the rate peaks.</summary>
    public double PeakAt { get; }

    /// <summary>Two or three phases.</summary>
    public OneCyclePhases Phases { get; }

    /// <summary>Cosine or straight line.</summary>
    public AnnealShape Anneal { get; }

    /// <summary>Momentum where the rate is low.</summary>
    public double MomentumHigh { get; }

    /// <summary>Momentum at the peak rate.</summary>
    public double MomentumLow { get; }

    private protected override SchedulePoint PointAt(int step)
    {
        double peak = Math.Max(0, (PeakAt * TotalSteps) - 1);
        if (step <= peak)
        {
            return Phase(step, 0, peak, StartLearningRate, MaxLearningRate, MomentumHigh, MomentumLow);
        }

        double last = TotalSteps - 1;
        if (Phases == OneCyclePhases.Two)
        {
            return Phase(step, peak, last, MaxLearningRate, FinalLearningRate, MomentumLow, MomentumHigh);
        }

        double back = 2 * peak;
        return step <= back
            ? Phase(step, peak, back, MaxLearningRate, StartLearningRate, MomentumLow, MomentumHigh)
            : Phase(step, back, last, StartLearningRate, FinalLearningRate, MomentumHigh, MomentumHigh);
    }

    private SchedulePoint Phase(
        int step, double start, double end, double fromRate, double toRate, double fromMomentum, double toMomentum)
    {
        double progress = end > start ? (step - start) / (end - start) : 1;
        return new(
            Schedules.Anneal.Between(Anneal, fromRate, toRate, progress),
            Schedules.Anneal.Between(Anneal, fromMomentum, toMomentum, progress));
    }
}
