using TorchSharp;

namespace Sweeper.Training.Running;

/// <summary>
/// Bytes of tensors that one run holds on its device: what its own thread has had torch allocate and not given back. A run beside it in
/// the same process is not in it, nor are the images, which runs share, nor what native libraries allocate by themselves.
/// </summary>
/// <param name="device">Type of the device to count on.</param>
internal sealed class TensorMemory(DeviceType device)
{
    private const string OnGpu = "SWEEPER_GPU_MEMORY";

    private readonly Lock _gate = new();
    private readonly Dictionary<nint, long> _blocks = [];
    private long _held;
    private long _peak;

    /// <summary>Counts on the device of a run; null where torch cannot be heard, and on a GPU, where that has not been tried, unless the variable is 1.</summary>
    public static TensorMemory? Of(torch.Device device) =>
        TensorMemoryHook.IsThere && (device.type == DeviceType.CPU || Environment.GetEnvironmentVariable(OnGpu) == "1") ? new TensorMemory(device.type) : null;

    /// <summary>Counts what this thread does until the end of the scope, which must be on the same thread; <see cref="Peak"/> begins anew.</summary>
    public Watch Begin()
    {
        lock (_gate)
        {
            _peak = _held;
        }

        return new Watch(TensorMemoryHook.Enter(this));
    }

    /// <summary>Most bytes held at a time since the last <see cref="Begin"/>, those from before it included.</summary>
    public long Peak
    {
        get
        {
            lock (_gate)
            {
                return _peak;
            }
        }
    }

    /// <summary>Takes a report of torch's.</summary>
    /// <param name="block">Address.</param>
    /// <param name="bytes">Bytes allocated; negative where they were freed.</param>
    /// <param name="at">Where.</param>
    internal void Hear(nint block, long bytes, DeviceType at)
    {
        if (at != device)
        {
            return;
        }

        lock (_gate)
        {
            if (bytes > 0)
            {
                // An address that comes again was freed while nobody counted.
                _held += bytes - (_blocks.Remove(block, out long stale) ? stale : 0);
                _blocks[block] = bytes;
                _peak = Math.Max(_peak, _held);
            }
            else if (_blocks.Remove(block, out long held))
            {
                _held -= held;
            }
        }
    }

    /// <summary>A time of counting.</summary>
    internal readonly struct Watch(nint heard) : IDisposable
    {
        /// <summary>Ends it.</summary>
        public void Dispose() => TensorMemoryHook.Leave(heard);
    }
}
