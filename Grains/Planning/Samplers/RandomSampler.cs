namespace Sweeper.Grains.Planning.Samplers;

/// <summary>Independent draws, even over the space. Bergstra and Bengio, JMLR 13 (2012).</summary>
internal sealed class RandomSampler : ISampler
{
    private RandomSampler()
    {
    }

    /// <summary>The one instance.</summary>
    public static RandomSampler Instance { get; } = new();

    /// <inheritdoc/>
    public Point Suggest(SampleSpace space, ulong seed, IReadOnlyList<Observation> history)
    {
        SplitMix random = Draws.Stream(seed, history.Count);
        double[] unit = new double[space.Size];
        return Fresh.Of(history, _ =>
        {
            for (int index = 0; index < unit.Length; index++)
            {
                unit[index] = random.NextDouble();
            }

            return space.PointAt(unit);
        });
    }
}
