namespace Sweeper.Training.Schedules;

/// <summary>
/// Triangles without a tail, repeated to the end of the run: cyclical learning rates (Smith, arXiv:1506.01186), Caffe's
/// "triangular" policy, with which the first super-convergence results were made. Momentum mirrors the rate.
/// </summary>
public sealed record TriangularSchedule : Schedule
{
    /// <summary>Checks and keeps the parameters.</summary>
    /// <param name="baseLearningRate">Rate at the feet of the triangles; at least 0.</param>
    /// <param name="maxLearningRate">Rate at their tips; greater than 0, at least <paramref name="baseLearningRate"/>.</param>
    /// <param name="stepSize">Steps from foot to tip (S), half a cycle; greater than 0; need not be whole.</param>
    /// <param name="totalSteps">Optimiser steps in the run; at least 1; may end within a cycle.</param>
    /// <param name="momentumHigh">Momentum at the feet; in [0, 1).</param>
    /// <param name="momentumLow">Momentum at the tips; in [0, <paramref name="momentumHigh"/>].</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public TriangularSchedule(
        double baseLearningRate, double maxLearningRate, double stepSize, int totalSteps, double momentumHigh, double momentumLow)
        : base(totalSteps)
    {
        ScheduleGuard.NotNegative(baseLearningRate);
        ScheduleGuard.Positive(maxLearningRate);
        ScheduleGuard.AtLeast(maxLearningRate, baseLearningRate, nameof(baseLearningRate));
        ScheduleGuard.Positive(stepSize);
        ScheduleGuard.MomentumRange(momentumHigh, momentumLow);
        BaseLearningRate = baseLearningRate;
        MaxLearningRate = maxLearningRate;
        StepSize = stepSize;
        MomentumHigh = momentumHigh;
        MomentumLow = momentumLow;
    }

    /// <summary>Rate at the feet of the triangles.</summary>
    public double BaseLearningRate { get; }

    /// <summary>Rate at their tips.</summary>
    public double MaxLearningRate { get; }

    /// <summary>Steps from foot to tip (S).</summary>
    public double StepSize { get; }

    /// <summary>Momentum at the feet.</summary>
    public double MomentumHigh { get; }

    /// <summary>Momentum at the tips.</summary>
    public double MomentumLow { get; }

    /// <summary>A run of a whole number of triangles.</summary>
    /// <param name="baseLearningRate">Rate at the feet; at least 0.</param>
    /// <param name="maxLearningRate">Rate at the tips; greater than 0, at least <paramref name="baseLearningRate"/>.</param>
    /// <param name="cycles">Triangles in the run; at least 1.</param>
    /// <param name="totalSteps">Optimiser steps in the run; at least 1.</param>
    /// <param name="momentumHigh">Momentum at the feet; in [0, 1).</param>
    /// <param name="momentumLow">Momentum at the tips; in [0, <paramref name="momentumHigh"/>].</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public static TriangularSchedule OfCycles(
        double baseLearningRate, double maxLearningRate, int cycles, int totalSteps, double momentumHigh, double momentumLow)
    {
        ScheduleGuard.TotalSteps(cycles);
        ScheduleGuard.TotalSteps(totalSteps);
        return new(baseLearningRate, maxLearningRate, totalSteps / (2.0 * cycles), totalSteps, momentumHigh, momentumLow);
    }

    private protected override SchedulePoint PointAt(int step)
    {
        double cycle = Math.Floor(1 + (step / (2 * StepSize)));
        // x = |s/S − 2·cycle + 1|: 1 at the feet, 0 at the tip.
        double height = Math.Max(0, 1 - Math.Abs((step / StepSize) - (2 * cycle) + 1));
        return new(
            Anneal.Line(BaseLearningRate, MaxLearningRate, height),
            Anneal.Line(MomentumHigh, MomentumLow, height));
    }
}
