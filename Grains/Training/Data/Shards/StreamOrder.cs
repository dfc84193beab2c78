namespace Sweeper.Training.Data.Shards;

/// <summary>
/// Order of one epoch over shards: the shards at random, and the images of a few shards at a time, a window, at random among each other.
/// </summary>
/// <param name="Images">The images, each once.</param>
/// <param name="Starts">First place of each window, ascending, and at the end the number of images.</param>
internal sealed record StreamOrder(int[] Images, int[] Starts)
{
    private const ulong Purpose = 0x54A2_0002;

    /// <summary>Draws an order. Pure: the same seed, the same order.</summary>
    /// <param name="shards">Images of each shard that are to be visited.</param>
    /// <param name="windowImages">A window takes shards until it has so many images; at least 1.</param>
    /// <param name="seed">Chooses the order.</param>
    public static StreamOrder Draw(IReadOnlyList<int[]> shards, int windowImages, long seed)
    {
        SeededRandom random = new(seed, Purpose);
        int[] turns = [.. Enumerable.Range(0, shards.Count)];
        random.Shuffle(turns.AsSpan());
        int[] images = new int[shards.Sum(shard => shard.Length)];
        List<int> starts = [0];
        int filled = 0;
        foreach (int turn in turns)
        {
            shards[turn].CopyTo(images, filled);
            filled += shards[turn].Length;
            if (filled - starts[^1] >= windowImages || filled == images.Length)
            {
                random.Shuffle(images.AsSpan(starts[^1], filled - starts[^1]));
                starts.Add(filled);
            }
        }

        return new StreamOrder(images, [.. starts]);
    }

    /// <summary>Window of a place.</summary>
    public int WindowOf(int place)
    {
        int found = Array.BinarySearch(Starts, place);
        return found >= 0 ? found : ~found - 1;
    }
}
