using Sweeper.Training.Running;
using Sweeper.Training.Schedules;

namespace Sweeper.Training.RangeTests;

/// <summary>How the learning rate rises in a range test.</summary>
public abstract record RangeTestRamp
{
    private RangeTestRamp()
    {
    }

    /// <summary>Smith's: a straight line, held-out accuracy measured along it (arXiv:1506.01186, section 3.3).</summary>
    /// <param name="Lowest">First rate; at least 0.</param>
    /// <param name="Highest">Rate that the line leads to; greater than <paramref name="Lowest"/>.</param>
    /// <param name="Length">Length of the test.</param>
    /// <param name="Probe">What is measured along it.</param>
    public sealed record Linear(double Lowest, double Highest, RunLength Length, HeldOutProbe Probe) : RangeTestRamp;

    /// <summary>fastai's <c>lr_find</c>: exponential, ended when the smoothed loss passes four times its best.</summary>
    /// <param name="Lowest">First rate; greater than 0.</param>
    /// <param name="Highest">Rate that the curve leads to; greater than <paramref name="Lowest"/>.</param>
    /// <param name="Steps">Length of the test in optimiser steps; at least 1.</param>
    public sealed record Exponential(
        double Lowest = ExponentialRamp.DefaultLowest,
        double Highest = ExponentialRamp.DefaultHighest,
        int Steps = ExponentialRamp.DefaultSteps) : RangeTestRamp;
}
