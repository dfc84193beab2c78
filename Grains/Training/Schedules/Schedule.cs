namespace Sweeper.Training.Schedules;

/// <summary>
/// Learning rate and momentum as a pure function of the step. It has no state: a run resumed at any step reads the
/// same numbers as one that never stopped.
/// </summary>
public abstract record Schedule
{
    private protected Schedule(int totalSteps)
    {
        ScheduleGuard.TotalSteps(totalSteps);
        TotalSteps = totalSteps;
    }

    /// <summary>Optimiser steps in the run (T in the papers); at least 1.</summary>
    public int TotalSteps { get; }

    /// <summary>Learning rate and momentum of a step.</summary>
    /// <param name="step">Step about to be taken, counted from 0; below <see cref="TotalSteps"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is not one of the run's.</exception>
    public SchedulePoint At(int step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(step, TotalSteps);
        return PointAt(step);
    }

    /// <summary>The formula; <paramref name="step"/> has been checked.</summary>
    private protected abstract SchedulePoint PointAt(int step);
}
