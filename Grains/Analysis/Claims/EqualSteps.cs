using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Grains.Analysis.Statistics;

namespace Sweeper.Grains.Analysis.Claims;

/// <summary>Accuracies after the same number of optimiser steps.</summary>
/// <param name="Steps">Length of the 1cycle runs.</param>
/// <param name="OneCycle">1cycle at its end.</param>
/// <param name="Baseline">The baseline's best reading up to there.</param>
internal sealed record EqualSteps(int Steps, MeanAccuracy OneCycle, MeanAccuracy Baseline)
{
    /// <summary>A baseline that ends this much earlier still counts as trained for the length: the last epoch may be cut short.</summary>
    private const double Tolerance = 0.98;

    /// <summary>The comparison at the longest length that both were trained for; null where there is none.</summary>
    public static EqualSteps? Of(Frontier frontier, ImmutableArray<SeedReadings> baselines)
    {
        foreach (SeedReadings cycle in frontier.Points.Reverse())
        {
            int steps = cycle.Steps[0];
            var readings = baselines
                .Where(baseline => baseline.Setting.Steps >= Tolerance * steps)
                .SelectMany(baseline => baseline.Steps.Select((step, column) => (baseline, step, column)))
                .Where(reading => reading.step <= steps)
                .ToArray();
            if (readings.Length > 0)
            {
                (SeedReadings best, _, int column) = readings.MaxBy(reading => reading.baseline.Means[reading.column]);
                return new EqualSteps(steps, Mean(cycle, 0), Mean(best, column));
            }
        }

        return null;
    }

    /// <summary>Mean and standard error of a column.</summary>
    public static MeanAccuracy Mean(SeedReadings readings, int column) =>
        new(readings.Means[column], Sample.StandardError([.. readings.Rows.Select(row => row[column])]), readings.Seeds);
}
