using System.Collections.Immutable;

namespace Sweeper.Training.RangeTests;

/// <summary>
/// The part of a range test that fastai's rules look at: without the first tenth of the planned steps and the last five
/// points, cut at the first smoothed loss that is no finite number.
/// </summary>
/// <param name="Rates">Learning rates, rising.</param>
/// <param name="Losses">Smoothed losses, nats; as many.</param>
internal readonly record struct LossCurve(ImmutableArray<double> Rates, ImmutableArray<double> Losses)
{
    private const int DroppedAtEnd = 5;

    /// <summary>Points kept.</summary>
    public int Count => Losses.Length;

    /// <summary>Keeps what the rules look at.</summary>
    /// <param name="points">All steps that were taken.</param>
    /// <param name="plannedSteps">Steps of the whole ramp (N).</param>
    public static LossCurve Of(ImmutableArray<RangeTestPoint> points, int plannedSteps)
    {
        int start = plannedSteps / 10;
        int end = points.Length - DroppedAtEnd;
        ImmutableArray<double>.Builder rates = ImmutableArray.CreateBuilder<double>();
        ImmutableArray<double>.Builder losses = ImmutableArray.CreateBuilder<double>();
        for (int i = start; i < end && double.IsFinite(points[i].SmoothedLoss); i++)
        {
            rates.Add(points[i].LearningRate);
            losses.Add(points[i].SmoothedLoss);
        }

        return new LossCurve(rates.ToImmutable(), losses.ToImmutable());
    }
}
