using System.Collections;
using System.Collections.Immutable;

namespace Sweeper.Grains.Planning.Sampling;

/// <summary>
/// An immutable list that is read often and in order: arrays of <see cref="ChunkSize"/>, of which a change copies one. A tree, such as
/// <see cref="ImmutableList{T}"/>, takes ten times as long to read through.
/// </summary>
/// <typeparam name="T">Type of the items.</typeparam>
internal sealed class ChunkedList<T> : IReadOnlyList<T>
{
    private const int ChunkSize = 256;

    private readonly ImmutableArray<ImmutableArray<T>> _chunks;

    private ChunkedList(ImmutableArray<ImmutableArray<T>> chunks, int count)
    {
        _chunks = chunks;
        Count = count;
    }

    /// <summary>No item.</summary>
    public static ChunkedList<T> Empty { get; } = new([], 0);

    /// <inheritdoc />
    public int Count { get; }

    /// <inheritdoc />
    public T this[int index] => _chunks[index / ChunkSize][index % ChunkSize];

    /// <summary>With one more item at its end.</summary>
    public ChunkedList<T> Add(T item) => Count % ChunkSize == 0
        ? new ChunkedList<T>(_chunks.Add([item]), Count + 1)
        : new ChunkedList<T>(_chunks.SetItem(_chunks.Length - 1, _chunks[^1].Add(item)), Count + 1);

    /// <summary>With one item replaced.</summary>
    public ChunkedList<T> SetItem(int index, T item)
    {
        int chunk = index / ChunkSize;
        return new ChunkedList<T>(_chunks.SetItem(chunk, _chunks[chunk].SetItem(index % ChunkSize, item)), Count);
    }

    /// <inheritdoc />
    public IEnumerator<T> GetEnumerator()
    {
        foreach (ImmutableArray<T> chunk in _chunks)
        {
            foreach (T item in chunk)
            {
                yield return item;
            }
        }
    }

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
