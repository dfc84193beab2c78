using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Grains.Analysis;
using Sweeper.Grains.Planning;

namespace Sweeper.Tests.Unit.Analysis;

/// <summary>Trials with a known truth.</summary>
internal static class TrialTables
{
    internal static readonly AnalysedTrial Plain = new(
        1, 0.1, 128, 1e-4, 0, Seed: 1, Epochs: 10, Steps: 1000, Seconds: 60, 0.9, 0.89, Diverged: false, ScheduleKind.OneCycle, []);

    /// <summary>A random design over all four factors; accuracy from their scaled values in [-1, 1], with normal noise.</summary>
    internal static AnalysedTrial[] Random(int count, int seed, double noise, Func<double, double, double, double, double> accuracy)
    {
        var random = new SplitMix((ulong)seed);
        var trials = new AnalysedTrial[count];
        for (int index = 0; index < count; index++)
        {
            double rate = (2 * random.NextDouble()) - 1;
            double batch = random.NextIndex(3) - 1;
            double decay = (2 * random.NextDouble()) - 1;
            double dropout = random.NextIndex(3) - 1;
            double value = Math.Clamp(accuracy(rate, batch, decay, dropout) + (noise * NextNormal(ref random)), 0, 1);
            trials[index] = Plain with
            {
                Number = index + 1,
                MaxLearningRate = Math.Pow(10, rate - 1),
                BatchSize = (int)Math.Pow(2, 7 + (2 * batch)),
                WeightDecay = Math.Pow(10, decay - 4),
                Dropout = 0.2 * (dropout + 1),
                ValidationAccuracy = value,
                TestAccuracy = value,
            };
        }

        return trials;
    }

    /// <summary>A full grid of rates and weight decays with replicates.</summary>
    internal static AnalysedTrial[] Grid(double[] rates, double[] decays, int seeds, double noise, Func<double, double, double> accuracy)
    {
        var random = new SplitMix(7);
        List<AnalysedTrial> trials = [];
        foreach ((double rate, double decay, int seed) in rates.SelectMany(rate => decays.SelectMany(decay => Enumerable.Range(1, seeds).Select(seed => (rate, decay, seed)))))
        {
            double value = Math.Clamp(accuracy(rate, decay) + (noise * NextNormal(ref random)), 0, 1);
            trials.Add(Plain with { Number = trials.Count + 1, MaxLearningRate = rate, WeightDecay = decay, Seed = seed, ValidationAccuracy = value });
        }

        return [.. trials];
    }

    /// <summary>Replicates of one configuration of a schedule.</summary>
    internal static IEnumerable<AnalysedTrial> Replicates(ScheduleKind schedule, int steps, double[] accuracies, params (int Step, double Below)[] curve) =>
        accuracies.Select((accuracy, index) => Plain with
        {
            Number = (steps * 10) + index,
            Schedule = schedule,
            Steps = steps,
            Epochs = steps / 100.0,
            Seed = index + 1,
            ValidationAccuracy = accuracy,
            Curve = [.. curve.Select(reading => new CurveReading(reading.Step, accuracy - reading.Below))],
        });

    internal static double NextNormal(ref SplitMix random)
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    internal static ImmutableArray<Outcome> Outcomes(IEnumerable<AnalysedTrial> trials) => new AnalysedTrials(trials).Outcomes;
}
