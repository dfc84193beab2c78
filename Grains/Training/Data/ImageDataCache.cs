using Sweeper.Training.Data.Pixels;
using Sweeper.Training.Running;
using TorchSharp;

namespace Sweeper.Training.Data;

/// <summary>
/// Loaded sets, shared by the trials of one process: equal options on one device are loaded once, also when several
/// threads ask at once. Sets that nobody uses stay for the next trial while they fit into a budget; the longest unused go
/// first. Safe for several threads.
/// </summary>
/// <param name="locations">Where sets are looked for.</param>
/// <param name="idleBytes">Most bytes of tensors that unused sets may hold together; 1 GiB by default.</param>
public sealed class ImageDataCache(DataLocations locations, long idleBytes = ImageDataCache.DefaultIdleBytes) : IDisposable
{
    /// <summary>Most bytes that unused sets may hold where nothing is said.</summary>
    public const long DefaultIdleBytes = 1L << 30;

    private readonly Lock _sync = new();
    private readonly Dictionary<(DataOptions Options, string Device), Entry> _entries = [];
    private long _clock;
    private bool _disposed;

    /// <summary>The set on the device, loaded now if need be; waits where another thread is loading it.</summary>
    /// <param name="options">Which set.</param>
    /// <param name="device">Where its tensors are to be.</param>
    /// <param name="progress">Told how far a load has come; null: nobody.</param>
    /// <param name="cancellationToken">Stops a load of this caller's.</param>
    /// <returns>Holds the set until it is disposed; dispose it after the last use of the tensors.</returns>
    /// <exception cref="DataSetException">The set cannot be loaded; the next caller tries anew.</exception>
    public ImageDataLease Lease(
        DataOptions options,
        torch.Device device,
        IProgress<DataProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(device);
        Entry entry;
        lock (_sync)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            (DataOptions, string) key = (options, device.ToString());
            if (!_entries.TryGetValue(key, out Entry? known))
            {
                known = new Entry();
                _entries.Add(key, known);
            }

            entry = known;
            entry.Leases++;
        }

        try
        {
            lock (entry.Loading)
            {
                entry.Data ??= Load(options, device, progress, cancellationToken);
                return new ImageDataLease(entry.Data, () => Release(entry));
            }
        }
        catch
        {
            Release(entry);
            throw;
        }
    }

    /// <summary>Frees what nobody uses; sets still leased are freed with their last lease.</summary>
    public void Dispose()
    {
        lock (_sync)
        {
            _disposed = true;
            Evict(0);
        }
    }

    private ImageData Load(DataOptions options, torch.Device device, IProgress<DataProgress>? progress, CancellationToken cancellationToken)
    {
        ImageData loaded = DataCatalog.Load(options, locations, progress, cancellationToken);
        if (device.type == DeviceType.CPU)
        {
            return loaded;
        }

        using (loaded)
        {
            return loaded.To(device, SetPlacements.Of(loaded.MemoryBytes, CudaDriver.FreeBytes(device.index)));
        }
    }

    private void Release(Entry entry)
    {
        lock (_sync)
        {
            entry.Leases--;
            entry.LastUse = ++_clock;
            Evict(_disposed ? 0 : idleBytes);
        }
    }

    private void Evict(long budget)
    {
        long kept = 0;
        foreach (KeyValuePair<(DataOptions, string), Entry> idle in _entries.Where(pair => pair.Value.Leases == 0).OrderByDescending(pair => pair.Value.LastUse).ToArray())
        {
            kept += idle.Value.Data?.MemoryBytes ?? 0;
            if (idle.Value.Data is null || kept > budget)
            {
                idle.Value.Data?.Dispose();
                _entries.Remove(idle.Key);
            }
        }
    }

    private sealed class Entry
    {
        public Lock Loading { get; } = new();

        public ImageData? Data { get; set; }

        public int Leases { get; set; }

        public long LastUse { get; set; }
    }
}
