using Sweeper.Grains.Planning.Samplers;

namespace Sweeper.Tests.Unit.Planning.Samplers;

/// <summary>A search from the first trial to the last, one trial at a time.</summary>
internal static class SearchRun
{
    /// <summary>What a sampler tried.</summary>
    /// <param name="sampler">Sampler.</param>
    /// <param name="function">What it minimises.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="trials">Trials.</param>
    public static List<Observation> Of(ISampler sampler, TestFunction function, ulong seed, int trials)
    {
        List<Observation> history = [];
        while (history.Count < trials)
        {
            Point point = sampler.Suggest(function.Space, seed, history);
            history.Add(new Observation(point, function.Of(point), Failed: false));
        }

        return history;
    }

    /// <summary>Simple regret: how far the best trial stayed above the minimum.</summary>
    public static double Regret(ISampler sampler, TestFunction function, ulong seed, int trials) =>
        Of(sampler, function, seed, trials).Min(observation => observation.Value!.Value) - function.Minimum;

    /// <summary>Median of the simple regrets of the seeds 0, 1, 2 …</summary>
    public static double MedianRegret(ISampler sampler, TestFunction function, int seeds, int trials)
    {
        double[] regrets = [.. Enumerable.Range(0, seeds).Select(seed => Regret(sampler, function, (ulong)seed, trials)).Order()];
        return (regrets[(seeds - 1) / 2] + regrets[seeds / 2]) / 2;
    }
}
