using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Grains.Planning.Samplers;

namespace Sweeper.Tests.Unit.Planning.Samplers;

/// <summary>
/// Searches that begin with the results of one over another function: the same one, moved by a tenth of every axis and with
/// other units, which is what a warm start is for; and mirrored in every axis, which misleads. The study of docs/warm-start.md.
/// </summary>
internal static class WarmStartStudy
{
    public const string Verb = "warm-start-study";

    /// <summary>Trials of the earlier search.</summary>
    private const int SourceTrials = 40;

    private const int Seeds = 20;

    /// <summary>The rule's numbers were chosen on seeds below.</summary>
    private const int FirstSeed = 100;

    private static readonly SamplerKind[] Kinds = [SamplerKind.Random, SamplerKind.Tpe, SamplerKind.GaussianProcess, SamplerKind.CmaEs];

    /// <summary>Prints the table.</summary>
    public static int Run()
    {
        Console.WriteLine("| Sampler | Function | Cold | Warm | Misled | Cold, 40 | Misled, 40 |");
        Console.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (SamplerKind kind in Kinds)
        {
            foreach (TestFunction function in TestFunction.All)
            {
                double[] medians =
                [
                    MedianRegret(kind, function, Cold, 20),
                    MedianRegret(kind, function, Shifted, 20),
                    MedianRegret(kind, function, Mirrored, 20),
                    MedianRegret(kind, function, Cold, 40),
                    MedianRegret(kind, function, Mirrored, 40),
                ];
                Console.WriteLine($"| {kind} | {function.Name} | {string.Join(" | ", medians.Select(median => median.ToString("0.###", CultureInfo.InvariantCulture)))} |");
            }
        }

        return 0;
    }

    /// <summary>Median over the study's seeds of how far the best trial stayed above the minimum.</summary>
    public static double MedianRegret(SamplerKind kind, TestFunction function, Func<TestFunction, ulong, ImmutableArray<Prior>> source, int trials)
    {
        double[] regrets = [.. Enumerable.Range(FirstSeed, Seeds).AsParallel().Select(seed => Regret(kind, function, source(function, (ulong)seed), (ulong)seed, trials)).Order()];
        return (regrets[(Seeds - 1) / 2] + regrets[Seeds / 2]) / 2;
    }

    /// <summary>No earlier search.</summary>
    public static ImmutableArray<Prior> Cold(TestFunction function, ulong seed) => [];

    /// <summary>An earlier search over the function, a tenth of every axis away.</summary>
    public static ImmutableArray<Prior> Shifted(TestFunction function, ulong seed) => Earlier(function, seed, unit => Math.Clamp(unit + 0.1, 0, 1));

    /// <summary>An earlier search over the function's mirror image.</summary>
    public static ImmutableArray<Prior> Mirrored(TestFunction function, ulong seed) => Earlier(function, seed, unit => 1 - unit);

    private static double Regret(SamplerKind kind, TestFunction function, ImmutableArray<Prior> priors, ulong seed, int trials)
    {
        var warm = new WarmHistory(function.Space, priors);
        ImmutableArray<Observation> history = [];
        while (history.Length < trials)
        {
            Point point = history.Length < warm.First.Length
                ? priors[warm.First[history.Length]].Point
                : SamplerCatalog.Of(kind).Suggest(function.Space, seed, warm.Before(history));
            history = history.Add(new Observation(point, function.Of(point), Failed: false));
        }

        return history.Min(observation => observation.Loss) - function.Minimum;
    }

    private static ImmutableArray<Prior> Earlier(TestFunction function, ulong seed, Func<double, double> moved)
    {
        var other = function with { Of = point => (3 * function.Of(function.Space.PointAt([.. function.Space.UnitOf(point).Select(moved)]))) + 5 };
        List<Observation> history = SearchRun.Of(TpeSampler.Instance, other, seed + 1000, SourceTrials);
        double mean = history.Average(observation => -observation.Loss);
        double deviation = Math.Sqrt(history.Average(observation => (-observation.Loss - mean) * (-observation.Loss - mean)));
        return [.. history.Select(observation => new Prior(observation.Point, (-observation.Loss - mean) / deviation))];
    }
}
