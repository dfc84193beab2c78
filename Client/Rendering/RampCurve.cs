using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Client.Rendering;

/// <summary>What a range test measured along its ramp.</summary>
/// <param name="Rates">Learning rates, rising.</param>
/// <param name="Values">Held-out accuracy there; with a test that reads none, the smoothed training loss.</param>
/// <param name="IsLoss">Which of the two.</param>
internal sealed record RampCurve(ImmutableArray<double> Rates, ImmutableArray<double> Values, bool IsLoss)
{
    /// <summary>No curve.</summary>
    public static RampCurve Empty { get; } = new([], [], false);

    /// <summary>Reads it from what was recorded.</summary>
    /// <param name="curves">Null: nothing was.</param>
    public static RampCurve Of(JobCurves? curves)
    {
        if (curves is null || curves.Step.Length == 0)
        {
            return Empty;
        }

        if (curves.Evaluations.Length > 0)
        {
            return new RampCurve(
                [.. curves.Evaluations.Select(reading => RateAt(curves, reading.Step))],
                [.. curves.Evaluations.Select(reading => reading.Accuracy)],
                false);
        }

        return new RampCurve([.. curves.LearningRate], [.. curves.SmoothedLoss], true);
    }

    private static double RateAt(JobCurves curves, int step)
    {
        int place = Array.BinarySearch(curves.Step, step);
        return curves.LearningRate[Math.Clamp(place < 0 ? ~place : place, 0, curves.LearningRate.Length - 1)];
    }
}
