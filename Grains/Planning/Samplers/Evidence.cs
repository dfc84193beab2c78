using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>What a history teaches.</summary>
/// <param name="Ranked">Finished observations, the best first; failed ones last. Equals stay in the order of suggestion.</param>
/// <param name="Pending">Points without a result yet, in the order of suggestion.</param>
/// <param name="Successes">How many of <paramref name="Ranked"/> have a value.</param>
internal sealed record Evidence(ImmutableArray<Observation> Ranked, ImmutableArray<Point> Pending, int Successes)
{
    /// <summary>Evidence of a history.</summary>
    public static Evidence Of(IReadOnlyList<Observation> history)
    {
        ImmutableArray<Observation> ranked =
            [.. history.Where(observation => !observation.IsPending).OrderBy(observation => observation.Loss)];
        return new Evidence(
            ranked,
            [.. history.Where(observation => observation.IsPending).Select(observation => observation.Point)],
            ranked.Count(observation => double.IsFinite(observation.Loss)));
    }
}
