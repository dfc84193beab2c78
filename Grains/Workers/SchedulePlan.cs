using Sweeper.Contracts.Pages;
using Sweeper.Contracts.Specs;
using Sweeper.Training.Schedules;

namespace Sweeper.Grains.Workers;

/// <summary>What a trial's schedule will be, for a picture.</summary>
public static class SchedulePlan
{
    private const int Points = 200;

    /// <summary>The schedule at a few hundred steps, the first and the last among them.</summary>
    /// <param name="schedule">Shape.</param>
    /// <param name="rate">Maximum learning rate.</param>
    /// <param name="steps">Optimiser steps in the run.</param>
    /// <returns>Null where the run is too short for the shape, or its rate is not known yet.</returns>
    public static PlannedSchedule? Of(ScheduleSpec schedule, double rate, int steps)
    {
        if (rate <= 0 || steps < 1)
        {
            return null;
        }

        Schedule plan;
        try
        {
            plan = ScheduleFactory.Of(schedule, rate, steps);
        }
        catch (ArgumentException)
        {
            return null; // a run of one or two steps has no room for a cycle
        }

        int[] at = [.. Enumerable.Range(0, Math.Min(Points, steps)).Select(i => (int)((long)i * (steps - 1) / Math.Max(1, Math.Min(Points, steps) - 1)))];
        SchedulePoint[] points = [.. at.Select(plan.At)];
        return new PlannedSchedule(
            [.. at.Select(step => step + 1)], [.. points.Select(point => point.LearningRate)], [.. points.Select(point => point.Momentum)]);
    }
}
