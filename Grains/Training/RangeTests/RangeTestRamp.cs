using System.Diagnostics;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;

namespace Sweeper.Training.RangeTests;

/// <summary>How the learning rate rises in a range test.</summary>
public abstract record RangeTestRamp
{
    private RangeTestRamp()
    {
    }

    /// <summary>Every reason why this is no ramp; empty: it is one. Pure.</summary>
    public IReadOnlyList<string> Check()
    {
        List<string> problems = [];
        (double lowest, double highest) = this switch
        {
            Linear linear => (linear.Lowest, linear.Highest),
            Exponential exponential => (exponential.Lowest, exponential.Highest),
            _ => throw new UnreachableException(),
        };
        bool starts = this is Linear ? lowest >= 0 : lowest > 0;
        if (!starts || !double.IsFinite(lowest))
        {
            problems.Add(FormattableString.Invariant($"the ramp starts at {lowest}; it must start at a finite rate {(this is Linear ? "of at least" : "greater than")} 0"));
        }

        if (!(highest > lowest) || !double.IsFinite(highest))
        {
            problems.Add(FormattableString.Invariant($"the ramp leads to {highest}; it must lead to a finite rate greater than its start, {lowest}"));
        }

        problems.AddRange(this switch
        {
            Linear linear => [.. linear.Length.Check(), .. linear.Probe.Check()],
            Exponential { Steps: < 1 } exponential => [FormattableString.Invariant($"the ramp has {exponential.Steps} steps; it must have at least 1")],
            _ => [],
        });
        return problems;
    }

    /// <summary>Learning rate and momentum step for step; the ramp has been checked.</summary>
    internal Schedule ToSchedule(int stepsPerEpoch, double momentumStart, double? momentumEnd) => this switch
    {
        Linear linear => new LinearRamp(linear.Lowest, linear.Highest, linear.Length.ToSteps(stepsPerEpoch), momentumStart, momentumEnd),
        Exponential exponential => new ExponentialRamp(exponential.Lowest, exponential.Highest, exponential.Steps, momentumStart, momentumEnd),
        _ => throw new UnreachableException(),
    };

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
