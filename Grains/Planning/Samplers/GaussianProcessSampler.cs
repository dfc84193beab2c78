using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// Bayesian optimisation: fits a Gaussian process to the results and suggests the point with the greatest expected
/// improvement. Jones, Schonlau and Welch, J. Glob. Optim. 13 (1998). A pending point counts as if it had come out as the
/// process expects ("Kriging believer"; Ginsbourger, Le Riche and Carraro, 2010), which leaves nothing to gain there. A
/// failed one counts as the worst result.
/// </summary>
internal sealed class GaussianProcessSampler : ISampler
{
    /// <summary>Sobol' points before the first fit.</summary>
    private const int StartUpPoints = 10;

    /// <summary>Results to fit the process's parameters on; more are too slow for what they add. The process itself knows all.</summary>
    private const int MostToFit = 100;

    private GaussianProcessSampler()
    {
    }

    /// <summary>The one instance.</summary>
    public static GaussianProcessSampler Instance { get; } = new();

    /// <inheritdoc/>
    public Point Suggest(SampleSpace space, ulong seed, IReadOnlyList<Observation> history)
    {
        var evidence = Evidence.Of(history);
        if (history.Count < StartUpPoints || evidence.Successes == 0)
        {
            return SobolSampler.Instance.Suggest(space, seed, history);
        }

        var features = new FeatureSpace(space);
        ImmutableArray<double[]> places = [.. evidence.Ranked.Select(observation => features.Of(observation.Point))];
        ImmutableArray<double> targets = Targets.Of(evidence);
        ImmutableArray<int> fitted = Spread(places.Length);
        KernelParameters parameters = KernelFit.Of([.. fitted.Select(index => places[index])], [.. fitted.Select(index => targets[index])]);
        var process = new GaussianProcess(parameters, places, targets);
        if (!evidence.Pending.IsEmpty)
        {
            ImmutableArray<double[]> pending = [.. evidence.Pending.Select(features.Of)];
            process = new GaussianProcess(
                parameters, [.. places, .. pending], [.. targets, .. pending.Select(place => process.At(place).Mean)]);
        }

        var acquisition = new Acquisition(space, features, process);
        return acquisition.Best(seed, history, evidence.Ranked[0].Point);
    }

    /// <summary>Positions of at most <see cref="MostToFit"/> results: the better half as it is, the rest thinned out evenly.</summary>
    private static ImmutableArray<int> Spread(int count)
    {
        const int Best = MostToFit / 2;
        return count <= MostToFit
            ? [.. Enumerable.Range(0, count)]
            : [.. Enumerable.Range(0, Best), .. Enumerable.Range(0, MostToFit - Best).Select(index => Best + (index * (count - Best) / (MostToFit - Best)))];
    }
}
