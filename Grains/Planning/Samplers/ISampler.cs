namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// A search strategy: chooses the next point of a space from the points chosen so far. Pure, so that a sweep's state needs
/// nothing of it: the random numbers of a suggestion come from the seed and from how many points the history holds.
/// </summary>
internal interface ISampler
{
    /// <summary>Next point to try.</summary>
    /// <param name="space">Space to search; at least one dimension.</param>
    /// <param name="seed">Seed of the sweep; any value.</param>
    /// <param name="history">Every point suggested so far in the order of suggestion, pending and failed ones included.</param>
    /// <returns>A point of the space. One that the history holds already only where the space has hardly any other.</returns>
    Point Suggest(SampleSpace space, ulong seed, IReadOnlyList<Observation> history);
}
