namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// Quasi-random search: the next point of a scrambled Sobol' sequence, which fills the space more evenly than independent
/// draws do. Also how the samplers that learn begin.
/// </summary>
internal sealed class SobolSampler : ISampler
{
    private SobolSampler()
    {
    }

    /// <summary>The one instance.</summary>
    public static SobolSampler Instance { get; } = new();

    /// <inheritdoc/>
    public Point Suggest(SampleSpace space, ulong seed, IReadOnlyList<Observation> history) =>
        Fresh.Of(history, attempt => space.PointAt(Unit((uint)(history.Count + attempt), space.Size, seed)));

    /// <summary>Coordinates of a point of the sequence.</summary>
    /// <param name="index">Which point, from 0.</param>
    /// <param name="size">Number of coordinates.</param>
    /// <param name="seed">Seed of the scrambling.</param>
    public static double[] Unit(uint index, int size, ulong seed)
    {
        double[] unit = new double[size];
        for (int dimension = 0; dimension < size; dimension++)
        {
            unit[dimension] = SobolSequence.Coordinate(index, dimension, seed);
        }

        return unit;
    }
}
