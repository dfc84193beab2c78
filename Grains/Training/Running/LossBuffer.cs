using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>Losses of the last steps, kept on the device so that the host need not wait for every one of them.</summary>
internal sealed class LossBuffer : IDisposable
{
    // On the CPU a read-back costs about a microsecond; on a GPU it waits for all work queued so far.
    private const int GpuCapacity = 32;

    private readonly Tensor _losses;
    private readonly float[] _read;

    /// <summary>Starts empty.</summary>
    /// <param name="device">Where the losses arise.</param>
    public LossBuffer(Device device)
    {
        _read = new float[device.type == DeviceType.CPU ? 1 : GpuCapacity];
        using DisposeScope scope = NewDisposeScope();
        _losses = zeros(_read.Length, ScalarType.Float32, device).DetachFromDisposeScope();
    }

    /// <summary>Losses held.</summary>
    public int Count { get; private set; }

    /// <summary>Whether they must be taken before the next one.</summary>
    public bool IsFull => Count == _read.Length;

    /// <summary>Keeps one more; there must be room.</summary>
    public void Add(Tensor loss)
    {
        using DisposeScope scope = NewDisposeScope();
        _losses[Count].copy_(loss);
        Count++;
    }

    /// <summary>Reads and forgets what is held, oldest first; valid until the next call.</summary>
    public ReadOnlySpan<float> Take()
    {
        using DisposeScope scope = NewDisposeScope();
        int count = Count;
        if (count > 0)
        {
            _losses.cpu().data<float>().CopyTo(_read); // the wait for the device
            Count = 0;
        }

        return _read.AsSpan(0, count);
    }

    /// <inheritdoc/>
    public void Dispose() => _losses.Dispose();
}
