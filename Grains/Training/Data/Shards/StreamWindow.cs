using static TorchSharp.torch;

namespace Sweeper.Training.Data.Shards;

/// <summary>Images of one window, in memory.</summary>
internal sealed class StreamWindow : IDisposable
{
    private readonly Tensor _pixels;
    private readonly long[] _rows;

    private StreamWindow(int start, Tensor pixels, long[] rows) => (Start, _pixels, _rows) = (start, pixels, rows);

    /// <summary>Place of its first image in the epoch.</summary>
    public int Start { get; }

    /// <summary>Place after its last image.</summary>
    public int End => Start + _rows.Length;

    /// <summary>Reads a window, shard by shard.</summary>
    public static StreamWindow Read(ShardedPixels source, StreamOrder order, int number)
    {
        int start = order.Starts[number];
        int count = order.Starts[number + 1] - start;
        long[] locations = new long[count];
        int[] places = new int[count];
        for (int i = 0; i < count; i++)
        {
            (locations[i], places[i]) = (source.LocationOf(order.Images[start + i]), i);
        }

        Array.Sort(locations, places);
        int[] sorted = new int[count];
        long[] rows = new long[count];
        for (int row = 0; row < count; row++)
        {
            sorted[row] = order.Images[start + places[row]];
            rows[places[row]] = row;
        }

        return new StreamWindow(start, source.Read(sorted).DetachFromDisposeScope(), rows); // it may run within a step's scope
    }

    /// <summary>Images at places of the epoch, in the caller's dispose scope.</summary>
    public Tensor Pick(int place, int count)
    {
        using Tensor rows = tensor(_rows.AsSpan(place - Start, count).ToArray(), ScalarType.Int64, CPU);
        return _pixels.index_select(0, rows);
    }

    /// <inheritdoc/>
    public void Dispose() => _pixels.Dispose();
}
