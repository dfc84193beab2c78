using System.Collections.Immutable;
using System.Globalization;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Sampling;

/// <summary>Chooses what a search takes over from earlier sweeps. Pure: the same sweeps give the same choice.</summary>
internal static class WarmSelection
{
    /// <summary>Sweeps that <c>auto</c> takes from, the newest.</summary>
    public const int MostSources = 10;

    /// <summary>Results that are taken, over all sweeps; more would cost a sampler time and say little more.</summary>
    public const int MostTaken = 40;

    /// <summary>What is taken from some sweeps.</summary>
    /// <param name="spec">The later sweep.</param>
    /// <param name="sources">The earlier ones in order; one that is refused gives nothing.</param>
    public static WarmStart Of(SweepSpec spec, ImmutableArray<SweepResults> sources)
    {
        var space = new WarmSpace(spec);
        ImmutableArray<(WarmSource Source, ImmutableArray<PriorResult> Results)> usable = [.. sources.Select(source => Usable(spec, space, source))];
        int[] counts = Shared([.. usable.Select(one => one.Results.Length)]);
        return new WarmStart(
            [.. usable.Select((one, index) => one.Source with { Taken = counts[index] })],
            [.. usable.SelectMany((one, index) => Thinned(one.Results, counts[index]))]);
    }

    private static (WarmSource Source, ImmutableArray<PriorResult> Results) Usable(SweepSpec spec, WarmSpace space, SweepResults source)
    {
        string name = source.Summary.Name;
        if (WarmStartFit.Refusal(spec, source.Spec) is { } refusal)
        {
            return (new WarmSource(name, 0, 0, refusal), []);
        }

        ImmutableArray<PriorResult> all = WarmSourceResults.Of(source, spec.Search.Ranking);
        ImmutableArray<PriorResult> inside = [.. all.Where(space.Holds)];
        int outside = all.Length - inside.Length;
        string? left = (all.Length, space.NeedsShare && all.Any(result => result.Share is null)) switch
        {
            (0, _) => "it has no trial that ran to its end",
            (_, true) => "its rates were given, not found by range tests: they cannot be carried over to max_lr: range_test",
            _ when outside > 0 => string.Create(CultureInfo.InvariantCulture, $"{outside} of its {all.Length} configurations lie outside the space"),
            _ => null,
        };
        return (new WarmSource(name, inside.Length, 0, left), Standings(inside));
    }

    /// <summary>Results in standard deviations above their mean, the best first.</summary>
    private static ImmutableArray<PriorResult> Standings(ImmutableArray<PriorResult> results)
    {
        if (results.IsEmpty)
        {
            return [];
        }

        double mean = results.Average(result => result.Standing);
        double deviation = Math.Sqrt(results.Average(result => (result.Standing - mean) * (result.Standing - mean)));
        return
        [
            .. results
                .Select(result => result with { Standing = deviation > 0 ? (result.Standing - mean) / deviation : 0 })
                .OrderByDescending(result => result.Standing)
                .ThenBy(result => result.Trial),
        ];
    }

    /// <summary>How many each sweep gives: the same for all, and what small ones leave goes to the others.</summary>
    private static int[] Shared(int[] usable)
    {
        int[] taken = new int[usable.Length];
        int left = MostTaken;
        int sweeps = usable.Length;
        foreach (int index in Enumerable.Range(0, usable.Length).OrderBy(index => usable[index]))
        {
            taken[index] = Math.Min(usable[index], left / sweeps);
            left -= taken[index];
            sweeps--;
        }

        return taken;
    }

    /// <summary>So many results: the best as they are, for the other half the rest, thinned out evenly.</summary>
    private static IEnumerable<PriorResult> Thinned(ImmutableArray<PriorResult> ranked, int count)
    {
        int best = count < ranked.Length ? (count + 1) / 2 : count;
        int rest = count - best;
        return Enumerable.Range(0, count).Select(place =>
            ranked[place < best ? place : best + ((place - best + 1) * (ranked.Length - best) / rest) - 1]);
    }
}
