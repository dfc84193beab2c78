using System.Diagnostics;
using System.Globalization;
using Sweeper.Grains.Planning.Samplers;

namespace Sweeper.Tests.Unit.Planning.Samplers;

/// <summary>
/// Our side of <c>tests/Comparisons/optuna</c>: a line of comma-separated values for each sampler, function and seed, being the
/// sampler, the function, the seed, the simple regret, and the seconds it took.
/// </summary>
internal static class SamplerRegrets
{
    public const string Verb = "sampler-regrets";

    /// <summary>Prints them.</summary>
    /// <param name="seeds">Seeds 0, 1, 2 … of each pair.</param>
    /// <param name="trials">Trials of a search.</param>
    /// <param name="kinds">Samplers, comma-separated.</param>
    public static int Run(string seeds, string trials, string kinds)
    {
        int count = int.Parse(trials, CultureInfo.InvariantCulture);
        foreach (SamplerKind kind in kinds.Split(',').Select(Enum.Parse<SamplerKind>))
        {
            foreach (TestFunction function in TestFunction.All)
            {
                for (ulong seed = 0; seed < ulong.Parse(seeds, CultureInfo.InvariantCulture); seed++)
                {
                    var watch = Stopwatch.StartNew();
                    double regret = SearchRun.Regret(SamplerCatalog.Of(kind), function, seed, count);
                    Console.WriteLine(string.Create(
                        CultureInfo.InvariantCulture, $"{kind},{function.Name},{seed},{regret:R},{watch.Elapsed.TotalSeconds:0.###}"));
                }
            }
        }

        return 0;
    }
}
