using MathNet.Numerics.Distributions;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Analysis.Claims;

/// <summary>Accuracies of one configuration: a row for each seed, a column for each step at which every seed was read.</summary>
/// <param name="Setting">The configuration.</param>
/// <param name="Steps">Step of each column, rising; at least one.</param>
/// <param name="Rows">Accuracies of each seed.</param>
internal sealed record SeedReadings(TrialSetting Setting, int[] Steps, double[][] Rows)
{
    /// <summary>Seeds.</summary>
    public int Seeds => Rows.Length;

    /// <summary>Mean over seeds of each column.</summary>
    public double[] Means { get; } = [.. Steps.Select((_, column) => Rows.Average(row => row[column]))];

    /// <summary>Readings of replicates at their ends.</summary>
    /// <param name="replicates">Finished replicates of one configuration; at least one.</param>
    public static SeedReadings AtEnd(IReadOnlyList<Outcome> replicates) =>
        new(replicates[0].Trial.Setting, [replicates[0].Trial.Steps], [.. replicates.Select(outcome => new[] { outcome.Accuracy })]);

    /// <summary>Readings of replicates along the way and at their ends.</summary>
    /// <param name="replicates">Finished replicates of one configuration; at least one.</param>
    public static SeedReadings AlongTheWay(IReadOnlyList<Outcome> replicates)
    {
        int last = replicates[0].Trial.Steps;
        Dictionary<int, double>[] curves = [.. replicates.Select(Readings)];
        int[] steps = [.. curves[0].Keys.Where(step => step <= last && curves.All(curve => curve.ContainsKey(step))).Order()];
        return new SeedReadings(replicates[0].Trial.Setting, steps, [.. curves.Select(curve => (double[])[.. steps.Select(step => curve[step])])]);
    }

    /// <summary>
    /// Means as another set of seeds might have given them: the seeds' deviations with random normal weights, spread as
    /// Student's t. An ordinary bootstrap of three seeds covers three times in four where it says nineteen in twenty; this
    /// one keeps its level for normal errors, and columns keep their correlation.
    /// </summary>
    /// <param name="random">Its state moves on.</param>
    public double[] Draw(ref SplitMix random)
    {
        double[] weights = new double[Seeds];
        double squares = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            weights[seed] = NextNormal(ref random);
            if (seed > 0)
            {
                double normal = NextNormal(ref random);
                squares += normal * normal;
            }
        }

        double scale = Seeds < 2 ? 0 : 1 / Math.Sqrt(Seeds * squares);
        return [.. Means.Select((mean, column) => Math.Clamp(mean + (scale * Rows.Select((row, seed) => weights[seed] * (row[column] - mean)).Sum()), 0, 1))];
    }

    private static Dictionary<int, double> Readings(Outcome outcome)
    {
        var readings = new Dictionary<int, double>();
        foreach (CurveReading reading in outcome.Trial.Curve.Where(reading => reading.Accuracy is >= 0 and <= 1))
        {
            readings[reading.Step] = reading.Accuracy;
        }

        readings[outcome.Trial.Steps] = outcome.Accuracy;
        return readings;
    }

    private static double NextNormal(ref SplitMix random) =>
        Normal.InvCDF(0, 1, Math.Clamp(random.NextDouble(), double.Epsilon, 1 - 1e-16));
}
