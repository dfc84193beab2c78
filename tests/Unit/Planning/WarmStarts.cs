using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Tests.Unit.Planning;

/// <summary>Made-up results of an earlier sweep.</summary>
internal static class WarmStarts
{
    /// <summary>So many results in the space of <see cref="TestSpecs.Sampled"/>, the best first.</summary>
    public static WarmStart Of(int results) => new(
        [new WarmSource("earlier", results, results)],
        [
            .. Enumerable.Range(1, results).Select(number => new PriorResult(
                "earlier",
                number,
                new Configuration(Math.Round(0.9 / number, 3), 32, Math.Round(1e-2 / number, 6), 0),
                0.7 / number,
                0.9 - (number / 100.0),
                2 - (4.0 * number / results))),
        ]);
}
