namespace Sweeper.Training.Schedules;

/// <summary>
/// 1cycle as fastai's <c>fit_one_cycle</c> runs it: cosine up, cosine down to far below the first rate. Progress is
/// step over T, so that the last step stands just before the end of the curve.
/// </summary>
public sealed record FastaiOneCycle : Schedule
{
    /// <summary>fastai's <c>div</c>.</summary>
    public const double DefaultStartDivisor = 25;

    /// <summary>fastai's <c>div_final</c>.</summary>
    public const double DefaultFinalDivisor = 1e5;

    /// <summary>fastai's <c>pct_start</c>.</summary>
    public const double DefaultPeakAt = 0.25;

    /// <summary>Momentum where the rate is low.</summary>
    public const double DefaultMomentumHigh = 0.95;

    /// <summary>Momentum at the peak rate.</summary>
    public const double DefaultMomentumLow = 0.85;

    /// <summary>Checks and keeps the parameters; the defaults are fastai's.</summary>
    /// <param name="maxLearningRate">Peak rate; greater than 0.</param>
    /// <param name="totalSteps">Optimiser steps in the run; at least 1. One step alone is taken at the first rate.</param>
    /// <param name="startDivisor">Peak over first rate; at least 1.</param>
    /// <param name="finalDivisor">Peak over the rate that the way down aims at; at least 1.</param>
    /// <param name="peakAt">Fraction of the run at which the rate peaks; in (0, 1).</param>
    /// <param name="momentumHigh">Momentum at both ends; in [0, 1).</param>
    /// <param name="momentumLow">Momentum at the peak rate; in [0, <paramref name="momentumHigh"/>].</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public FastaiOneCycle(
        double maxLearningRate,
        int totalSteps,
        double startDivisor = DefaultStartDivisor,
        double finalDivisor = DefaultFinalDivisor,
        double peakAt = DefaultPeakAt,
        double momentumHigh = DefaultMomentumHigh,
        double momentumLow = DefaultMomentumLow)
        : base(totalSteps)
    {
        ScheduleGuard.Positive(maxLearningRate);
        ScheduleGuard.Divisor(startDivisor);
        ScheduleGuard.Divisor(finalDivisor);
        ScheduleGuard.Between(peakAt, 0, 1);
        ScheduleGuard.MomentumRange(momentumHigh, momentumLow);
        MaxLearningRate = maxLearningRate;
        StartLearningRate = maxLearningRate / startDivisor;
        FinalLearningRate = maxLearningRate / finalDivisor;
        PeakAt = peakAt;
        MomentumHigh = momentumHigh;
        MomentumLow = momentumLow;
    }

    /// <summary>Peak rate.</summary>
    public double MaxLearningRate { get; }

    /// <summary>First rate.</summary>
    public double StartLearningRate { get; }

    /// <summary>Rate that the way down aims at; the last step is just above it.</summary>
    public double FinalLearningRate { get; }

    /// <summary>Fraction of the run at which the rate peaks.</summary>
    public double PeakAt { get; }

    /// <summary>Momentum at both ends.</summary>
    public double MomentumHigh { get; }

    /// <summary>Momentum at the peak rate.</summary>
    public double MomentumLow { get; }

    private protected override SchedulePoint PointAt(int step)
    {
        double progress = (double)step / TotalSteps;
        if (progress < PeakAt)
        {
            double up = progress / PeakAt;
            return new(Anneal.Cosine(StartLearningRate, MaxLearningRate, up), Anneal.Cosine(MomentumHigh, MomentumLow, up));
        }

        double down = (progress - PeakAt) / (1 - PeakAt);
        return new(Anneal.Cosine(MaxLearningRate, FinalLearningRate, down), Anneal.Cosine(MomentumLow, MomentumHigh, down));
    }
}
