using System.Diagnostics;
using Sweeper.Contracts.Specs;
using Sweeper.Training.Schedules;
using AnnealShape = Sweeper.Training.Schedules.AnnealShape;

namespace Sweeper.Grains.Workers;

/// <summary>The engine's schedule of a spec's.</summary>
internal static class ScheduleFactory
{
    /// <summary>Makes it.</summary>
    /// <param name="spec">Shape.</param>
    /// <param name="rate">Maximum learning rate; greater than 0.</param>
    /// <param name="steps">Optimiser steps in the run; at least 1.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public static Schedule Of(ScheduleSpec spec, double rate, int steps) => spec.Type switch
    {
        ScheduleType.Smith => SmithOneCycle.FromCycleFraction(
            rate, spec.StartDiv, spec.Cycle, steps, spec.MomentumHigh, spec.MomentumLow, spec.FinalDiv),
        ScheduleType.Fastai => new FastaiOneCycle(
            rate, steps, spec.StartDiv, spec.FinalDiv, spec.PeakAt, spec.MomentumHigh, spec.MomentumLow),
        ScheduleType.PyTorch => PyTorch(spec, rate, steps, OneCyclePhases.Two),
        ScheduleType.PyTorchThreePhase => PyTorch(spec, rate, steps, OneCyclePhases.Three),
        ScheduleType.Triangular => TriangularSchedule.OfCycles(
            rate / spec.StartDiv, rate, spec.Cycles, steps, spec.MomentumHigh, spec.MomentumLow),
        ScheduleType.Constant => new ConstantSchedule(rate, spec.MomentumHigh, steps),
        ScheduleType.Step => PiecewiseConstantSchedule.AtFractions(rate, spec.Milestones, spec.Factor, spec.MomentumHigh, steps),
        _ => throw new UnreachableException(),
    };

    private static PyTorchOneCycle PyTorch(ScheduleSpec spec, double rate, int steps, OneCyclePhases phases) => new(
        rate,
        steps,
        spec.StartDiv,
        spec.FinalDiv,
        spec.PeakAt,
        phases,
        spec.Anneal == Contracts.Specs.AnnealShape.Cosine ? AnnealShape.Cosine : AnnealShape.Linear,
        spec.MomentumHigh,
        spec.MomentumLow);
}
