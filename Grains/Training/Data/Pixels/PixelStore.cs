using static TorchSharp.torch;

namespace Sweeper.Training.Data.Pixels;

/// <summary>Images of one part of a set, wherever they are kept; they are given on the device that trains.</summary>
/// <param name="device">Device that batches are given on.</param>
internal abstract class PixelStore(Device device) : IDisposable
{
    /// <summary>Device that batches are given on.</summary>
    public Device Device { get; } = device;

    /// <summary>Device that indices must be on: the one that gathers.</summary>
    public abstract Device IndexDevice { get; }

    /// <summary>All images as one tensor; null where they are on disk.</summary>
    public abstract Tensor? Whole { get; }

    /// <summary>Bytes that the images take in memory.</summary>
    public abstract long MemoryBytes { get; }

    /// <summary>Images at int64 <paramref name="indices"/>, as they are stored, in the caller's dispose scope.</summary>
    public abstract Tensor Select(Tensor indices);

    /// <summary>Images one after another, as they are stored, in the caller's dispose scope; may be a view.</summary>
    public abstract Tensor Range(long start, long length);

    /// <summary>The same images for another device, to be disposed on its own.</summary>
    /// <param name="target">Device that batches are to be given on.</param>
    /// <param name="placement">Where images are kept that are in memory.</param>
    public abstract PixelStore For(Device target, SetPlacement placement);

    /// <inheritdoc/>
    public abstract void Dispose();
}
