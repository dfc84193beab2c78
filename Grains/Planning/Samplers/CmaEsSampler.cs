using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// Covariance matrix adaptation evolution strategy over the dimensions that have an order; Hansen, arXiv:1604.00772. The
/// distribution is refolded from the history at each call, a generation being the next finished points in the order of
/// suggestion, so trials that run in parallel only delay its learning. Choices are drawn as <see cref="TpeSampler"/> draws
/// them.
/// </summary>
internal sealed class CmaEsSampler : ISampler
{
    /// <summary>Sobol' points before the first generation; the best of them is its mean.</summary>
    private const int StartUpPoints = 10;

    /// <summary>Draws in a row that may miss the unit cube before one is moved onto its surface.</summary>
    private const int MostMisses = 100;

    private CmaEsSampler()
    {
    }

    /// <summary>The one instance.</summary>
    public static CmaEsSampler Instance { get; } = new();

    /// <inheritdoc/>
    public Point Suggest(SampleSpace space, ulong seed, IReadOnlyList<Observation> history)
    {
        ImmutableArray<int> ordered =
            [.. Enumerable.Range(0, space.Size).Where(index => space.Dimensions[index] is not Dimension.Choice)];
        if (ordered.IsEmpty)
        {
            return TpeSampler.Instance.Suggest(space, seed, history);
        }

        if (history.Count < StartUpPoints || !history.Any(observation => double.IsFinite(Finished(observation))))
        {
            return SobolSampler.Instance.Suggest(space, seed, history);
        }

        SearchDistribution distribution = Fold(space, ordered, seed, history);
        double[] unit = Choices(space, seed, history);
        SplitMix random = Draws.Stream(seed, history.Count);
        return Fresh.Of(history, _ =>
        {
            double[] place = Inside(distribution, ref random);
            for (int index = 0; index < ordered.Length; index++)
            {
                unit[ordered[index]] = place[index];
            }

            return space.PointAt(unit);
        });
    }

    private static double Finished(Observation observation) =>
        observation.IsPending ? double.PositiveInfinity : observation.Loss;

    private static SearchDistribution Fold(
        SampleSpace space, ImmutableArray<int> ordered, ulong seed, IReadOnlyList<Observation> history)
    {
        Observation start = history.Take(StartUpPoints).MinBy(Finished)!;
        ImmutableArray<double> floors = [.. ordered.Select(index => Floor(space.Dimensions[index]))];
        var distribution = new SearchDistribution([.. Place(start.Point, 0.5)], floors);
        var finished = history.Skip(StartUpPoints)
            .Select((observation, index) => (Observation: observation, Index: index))
            .Where(entry => !entry.Observation.IsPending);
        foreach (var generation in finished.Chunk(distribution.GenerationSize).Where(chunk => chunk.Length == distribution.GenerationSize))
        {
            distribution.Learn([.. generation
                .Where(entry => double.IsFinite(entry.Observation.Loss))
                .OrderBy(entry => entry.Observation.Loss)
                .Select(entry => Imputed(entry.Observation.Point, entry.Index))]);
        }

        return distribution;

        double[] Place(Point point, double missing)
        {
            double[] unit = space.UnitOf(point);
            return [.. ordered.Select(index => double.IsNaN(unit[index]) ? missing : unit[index])];
        }

        // An inactive dimension tells nothing: a draw of the distribution itself leaves it as it is.
        double[] Imputed(Point point, int index)
        {
            SplitMix random = Draws.Stream(~seed, index);
            double[] place = Place(point, double.NaN);
            double[] neutral = distribution.Draw(ref random);
            return [.. place.Select((value, position) => double.IsNaN(value) ? neutral[position] : value)];
        }
    }

    /// <summary>Least standard deviation of a dimension: with separate values, neighbours must stay in reach.</summary>
    private static double Floor(Dimension dimension) => dimension switch
    {
        Dimension.Integer whole => 0.3 / (1.0 + whole.Max - whole.Min),
        Dimension.Stepped stepped => 0.3 / stepped.Values.Length,
        _ => 0,
    };

    private static double[] Choices(SampleSpace space, ulong seed, IReadOnlyList<Observation> history)
    {
        if (space.Dimensions.Any(dimension => dimension is Dimension.Choice))
        {
            return space.UnitOf(TpeSampler.Instance.Suggest(space, seed, history));
        }

        return new double[space.Size];
    }

    private static double[] Inside(SearchDistribution distribution, ref SplitMix random)
    {
        double[] place = distribution.Draw(ref random);
        for (int misses = 1; misses < MostMisses && place.Any(coordinate => coordinate is < 0 or > 1); misses++)
        {
            place = distribution.Draw(ref random);
        }

        return place;
    }
}
