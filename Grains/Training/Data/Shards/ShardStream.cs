using Sweeper.Training.Data.Pixels;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Data.Shards;

/// <summary>
/// Images of one epoch after another from disk. Two windows are in memory: the one whose images are given, and the next, which is read in the
/// background meanwhile.
/// </summary>
internal sealed class ShardStream : IDisposable
{
    /// <summary>Shards of a window: several, so that images meet others than those of their own shard.</summary>
    private const int WindowShards = 4;

    private readonly ShardedPixels _source;
    private readonly int[][] _shards;
    private readonly int _windowImages;
    private StreamOrder? _order;
    private StreamWindow? _current;
    private WindowAhead? _next;

    /// <summary>Sorts the images by shard.</summary>
    /// <param name="source">Where they are.</param>
    /// <param name="indices">Which are visited.</param>
    public ShardStream(ShardedPixels source, IReadOnlyList<int> indices)
    {
        _source = source;
        _shards = [.. indices.GroupBy(source.ShardOf).OrderBy(shard => shard.Key).Select(shard => shard.ToArray())];
        _windowImages = WindowShards * source.ShardImages;
    }

    /// <summary>Begins an epoch.</summary>
    /// <param name="seed">Chooses its order.</param>
    /// <returns>The order: which training image is given when.</returns>
    public int[] Begin(long seed)
    {
        Forget();
        _order = StreamOrder.Draw(_shards, _windowImages, seed);
        return _order.Images;
    }

    /// <summary>Images at places of the epoch, on the source's device, in the caller's dispose scope. Waits for the disk where it must.</summary>
    public Tensor Read(int place, int count)
    {
        StreamOrder order = _order ?? throw new InvalidOperationException("no epoch has begun");
        using DisposeScope scope = NewDisposeScope();
        List<Tensor> pieces = [];
        while (count > 0)
        {
            StreamWindow window = Window(order, order.WindowOf(place));
            int taken = Math.Min(count, window.End - place);
            pieces.Add(window.Pick(place, taken));
            (place, count) = (place + taken, count - taken);
        }

        return HostTransfer.To(pieces.Count == 1 ? pieces[0] : cat(pieces, 0), _source.Device).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();

    private StreamWindow Window(StreamOrder order, int number)
    {
        if (_current is { } current && current.Start == order.Starts[number])
        {
            return current;
        }

        _current?.Dispose();
        _current = null;
        if (_next?.Number == number)
        {
            using WindowAhead next = _next;
            _next = null;
            _current = next.Take();
        }
        else
        {
            _current = StreamWindow.Read(_source, order, number);
        }

        if (number + 2 < order.Starts.Length)
        {
            _next = new WindowAhead(_source, order, number + 1);
        }

        return _current;
    }

    private void Forget()
    {
        _current?.Dispose();
        _current = null;
        _next?.Dispose();
        _next = null;
    }
}
