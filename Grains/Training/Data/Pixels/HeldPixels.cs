using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Data.Pixels;

/// <summary>Images in one tensor, on the device that trains or in the machine's memory beside it.</summary>
internal sealed class HeldPixels : PixelStore
{
    private readonly Tensor _images;

    /// <summary>Takes a tensor over.</summary>
    /// <param name="images">All images; belongs to this from now on.</param>
    /// <param name="device">Device that batches are given on.</param>
    public HeldPixels(Tensor images, Device device)
        : base(device)
    {
        _images = images.DetachFromDisposeScope(); // outlives any scope of a step
        MemoryBytes = images.numel() * images.element_size();
    }

    /// <inheritdoc/>
    public override Device IndexDevice => _images.device;

    /// <inheritdoc/>
    public override Tensor? Whole => _images;

    /// <inheritdoc/>
    public override long MemoryBytes { get; }

    /// <inheritdoc/>
    public override Tensor Select(Tensor indices) => HostTransfer.To(_images.index_select(0, indices), Device);

    /// <inheritdoc/>
    public override Tensor Range(long start, long length) => HostTransfer.To(_images.narrow(0, start, length), Device);

    /// <inheritdoc/>
    public override PixelStore For(Device target, SetPlacement placement) => placement switch
    {
        SetPlacement.Host => new HeldPixels(_images.device.type == DeviceType.CPU ? _images.alias() : _images.cpu(), target), // the same memory, held twice
        _ => new HeldPixels(HostTransfer.AreSame(_images.device, target) ? _images.clone() : _images.to(target), target),
    };

    /// <inheritdoc/>
    public override void Dispose() => _images.Dispose();
}
