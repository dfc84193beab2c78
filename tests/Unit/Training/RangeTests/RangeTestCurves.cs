using System.Collections.Immutable;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Schedules;

namespace Sweeper.Tests.Unit.Training.RangeTests;

/// <summary>Curves made up for the rules.</summary>
internal static class RangeTestCurves
{
    public const int Steps = 100;

    /// <summary>The synthetic curve of which the expected suggestions are known, up to fastai's stop.</summary>
    public static RangeTestCurve Oracle()
    {
        ExponentialRamp ramp = new(1e-7, 10, Steps, 0.9);
        List<RangeTestPoint> points = [];
        LossExplosion rule = LossExplosion.Start;
        for (int i = 0; i < Steps; i++)
        {
            double rate = ramp.At(i).LearningRate;
            double x = Math.Log10(rate);
            double loss = 2.3 - (2 / (1 + Math.Exp(-2 * (x + 2.5)))) + (0.05 * Math.Pow(10, 2 * (x + 0.2)));
            points.Add(new RangeTestPoint(i, rate, 0.9, loss, loss));
            rule = rule.Add(loss);
            if (rule.Ends(loss))
            {
                break;
            }
        }

        return new RangeTestCurve([.. points], [], 10, null);
    }

    /// <summary>A curve of smoothed losses over an exponential ramp.</summary>
    public static RangeTestCurve OfLosses(params double[] losses)
    {
        ExponentialRamp ramp = new(1e-5, 1, Math.Max(1, losses.Length), 0.9);
        ImmutableArray<RangeTestPoint> points =
            [.. losses.Select((loss, i) => new RangeTestPoint(i, ramp.At(i).LearningRate, 0.9, loss, loss))];
        return new RangeTestCurve(points, [], 1, null);
    }

    /// <summary>A linear ramp from 0 of which only held-out accuracy matters.</summary>
    public static RangeTestCurve OfAccuracy(double highest, int count, Func<double, double> accuracy, double? divergedAt = null)
    {
        LinearRamp ramp = new(0, highest, count, 0.9);
        ImmutableArray<RangeTestPoint> points =
            [.. Enumerable.Range(0, count).Select(i => new RangeTestPoint(i, ramp.At(i).LearningRate, 0.9, 1, 1))];
        ImmutableArray<RangeTestReading> readings =
            [.. points.Where(point => divergedAt is null || point.LearningRate < divergedAt)
                .Select(point => new RangeTestReading(point.Step, point.LearningRate, 1, accuracy(point.LearningRate)))];
        return new RangeTestCurve(points, readings, highest, divergedAt);
    }

    /// <summary>Mean accuracy per band of rates in the authors' logs: .02, .1, .25, .5, 1, 1.5, 2, 2.5 to 3.</summary>
    public static Func<double, double> Bands(params double[] means) => rate => rate switch
    {
        < 0.02 => 0.1,
        < 0.1 => means[0],
        < 0.25 => means[1],
        < 0.5 => means[2],
        < 1 => means[3],
        < 1.5 => means[4],
        < 2 => means[5],
        < 2.5 => means[6],
        _ => means[7],
    };
}
