using System.Collections.Immutable;
using System.Globalization;

namespace Sweeper.Training.Schedules;

/// <summary>A rate that stays until a milestone multiplies it: "step" learning rates, the usual long-run baseline.</summary>
public sealed record PiecewiseConstantSchedule : Schedule
{
    /// <summary>Checks and keeps the parameters.</summary>
    /// <param name="firstLearningRate">Rate before the first milestone; greater than 0.</param>
    /// <param name="milestones">Changes, by step not falling; several at one step all apply.</param>
    /// <param name="momentum">Momentum throughout; in [0, 1).</param>
    /// <param name="totalSteps">Optimiser steps in the run; at least 1. Milestones at or past it have no effect.</param>
    /// <exception cref="ArgumentException">A parameter is out of its range, or the milestones are out of order.</exception>
    public PiecewiseConstantSchedule(double firstLearningRate, ImmutableArray<Milestone> milestones, double momentum, int totalSteps)
        : base(totalSteps)
    {
        ScheduleGuard.Positive(firstLearningRate);
        ScheduleGuard.Momentum(momentum);
        Milestones = milestones.IsDefault ? [] : milestones;
        int before = 0;
        foreach (Milestone milestone in Milestones)
        {
            if (milestone.Step < before)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"milestones holds step {milestone.Step} after step {before}; steps must be at least 0 and must not fall"),
                    nameof(milestones));
            }

            ScheduleGuard.Positive(milestone.Factor, nameof(milestones));
            before = milestone.Step;
        }

        FirstLearningRate = firstLearningRate;
        Momentum = momentum;
    }

    /// <summary>Rate before the first milestone.</summary>
    public double FirstLearningRate { get; }

    /// <summary>Changes of the rate, in order.</summary>
    public ImmutableArray<Milestone> Milestones { get; }

    /// <summary>Momentum throughout.</summary>
    public double Momentum { get; }

    /// <summary>One factor at fractions of the run.</summary>
    /// <param name="firstLearningRate">Rate before the first milestone; greater than 0.</param>
    /// <param name="fractions">Where in the run, not falling, each in (0, 1); rounded to the nearest step.</param>
    /// <param name="factor">Factor at each; greater than 0.</param>
    /// <param name="momentum">Momentum throughout; in [0, 1).</param>
    /// <param name="totalSteps">Optimiser steps in the run; at least 1.</param>
    /// <exception cref="ArgumentException">A parameter is out of its range, or the fractions are out of order.</exception>
    public static PiecewiseConstantSchedule AtFractions(
        double firstLearningRate, IEnumerable<double> fractions, double factor, double momentum, int totalSteps)
    {
        ArgumentNullException.ThrowIfNull(fractions);
        ScheduleGuard.TotalSteps(totalSteps);
        ScheduleGuard.Positive(factor);
        ImmutableArray<Milestone>.Builder milestones = ImmutableArray.CreateBuilder<Milestone>();
        foreach (double fraction in fractions)
        {
            ScheduleGuard.Between(fraction, 0, 1, nameof(fractions));
            milestones.Add(new Milestone((int)Math.Round(fraction * totalSteps, MidpointRounding.AwayFromZero), factor));
        }

        return new(firstLearningRate, milestones.ToImmutable(), momentum, totalSteps);
    }

    /// <summary>Equal parameters, the milestones compared one by one.</summary>
    public bool Equals(PiecewiseConstantSchedule? other) =>
        other is not null
        && TotalSteps == other.TotalSteps
        && FirstLearningRate.Equals(other.FirstLearningRate)
        && Momentum.Equals(other.Momentum)
        && Milestones.AsSpan().SequenceEqual(other.Milestones.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TotalSteps, FirstLearningRate, Momentum, Milestones.Length);

    private protected override SchedulePoint PointAt(int step)
    {
        double rate = FirstLearningRate;
        foreach (Milestone milestone in Milestones)
        {
            if (milestone.Step > step)
            {
                break;
            }

            rate *= milestone.Factor;
        }

        return new(rate, Momentum);
    }
}
