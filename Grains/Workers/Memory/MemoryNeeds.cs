namespace Sweeper.Grains.Workers.Memory;

/// <summary>Bytes that the steps of jobs were measured to take, by kind and batch size.</summary>
internal sealed class MemoryNeeds
{
    private readonly Dictionary<MemoryKind, SortedList<int, long>> _measured = [];

    /// <summary>Takes a measurement; the most counts.</summary>
    public void Add(MemoryKind kind, int batch, long bytes)
    {
        if (!_measured.TryGetValue(kind, out SortedList<int, long>? batches))
        {
            _measured[kind] = batches = [];
        }

        batches[batch] = Math.Max(bytes, batches.GetValueOrDefault(batch));
    }

    /// <summary>
    /// What a job takes: as measured; otherwise no more than the next larger batch, or than the largest that was measured in proportion to
    /// the images, of which weights make it an overestimate. Null: no batch of the kind was measured.
    /// </summary>
    public long? Of(MemoryKind kind, int batch)
    {
        if (!_measured.TryGetValue(kind, out SortedList<int, long>? batches))
        {
            return null;
        }

        foreach ((int size, long bytes) in batches)
        {
            if (size >= batch)
            {
                return bytes;
            }
        }

        return (long)(batches.Values[^1] * ((double)batch / batches.Keys[^1]));
    }
}
