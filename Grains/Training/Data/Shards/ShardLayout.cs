namespace Sweeper.Training.Data.Shards;

/// <summary>
/// Which files go into which shard. A folder lists class by class: shards of neighbours would hold a class or two each, and no window of a few
/// of them could be shuffled into batches of all. So what is trained on is dealt at random, always in the same way.
/// </summary>
internal static class ShardLayout
{
    /// <summary>Bytes of a shard of colour images: long enough to be read in one sweep of the disk, short enough that several are in memory.</summary>
    public const int ShardBytes = 16 << 20;

    private const ulong Purpose = 0x54A2_0001;

    /// <summary>Images that a shard holds.</summary>
    /// <param name="side">Height and width of an image in pixels.</param>
    /// <param name="shardBytes">Bytes of a shard of colour images.</param>
    public static int ImagesOf(int side, int shardBytes) => Math.Max(1, shardBytes / (3 * side * side));

    /// <summary>Places of the files in each shard, ascending within a shard, dealt at random. Pure.</summary>
    /// <param name="files">Number of files.</param>
    /// <param name="perShard">Files of a shard; the last may have fewer.</param>
    public static int[][] Mixed(int files, int perShard)
    {
        int[] order = [.. Enumerable.Range(0, files)];
        new SeededRandom(0, Purpose).Shuffle(order.AsSpan());
        int[][] shards = [.. order.Chunk(perShard)];
        Array.ForEach(shards, Array.Sort);
        return shards;
    }

    /// <summary>The same in the order of the files, for images that are only ever read from first to last. Pure.</summary>
    public static int[][] InOrder(int files, int perShard) => [.. Enumerable.Range(0, files).Chunk(perShard)];
}
