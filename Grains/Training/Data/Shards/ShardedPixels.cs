using Sweeper.Training.Data.Pixels;
using Sweeper.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Data.Shards;

/// <summary>Images on disk: some or all of a part, numbered as the set numbers them.</summary>
/// <param name="part">The part.</param>
/// <param name="images">Number in the part of each image of the set.</param>
/// <param name="shape">Shape of an image.</param>
/// <param name="device">Device that batches are given on.</param>
internal sealed class ShardedPixels(ShardPart part, int[] images, ImageShape shape, Device device) : PixelStore(device)
{
    /// <summary>Bytes that are read at once: a span's length is an int.</summary>
    private const int ChunkBytes = 1 << 28;

    /// <inheritdoc/>
    public override Device IndexDevice => CPU;

    /// <inheritdoc/>
    public override Tensor? Whole => null;

    /// <inheritdoc/>
    public override long MemoryBytes => 0;

    /// <summary>Bytes of an image.</summary>
    public int ImageBytes => part.ImageBytes;

    /// <summary>Images of a shard, where all of them are in it.</summary>
    public int ShardImages => part.ShardImages;

    /// <summary>Shard of an image.</summary>
    public int ShardOf(int index) => part.ShardOf(images[index]);

    /// <summary>Where an image lies: ascending as a disk reads them.</summary>
    public long LocationOf(int index) => part.LocationOf(images[index]);

    /// <inheritdoc/>
    public override Tensor Select(Tensor indices)
    {
        using DisposeScope scope = NewDisposeScope();
        return HostTransfer.To(Read(Array.ConvertAll(indices.data<long>().ToArray(), index => (int)index)), Device).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor Range(long start, long length)
    {
        using DisposeScope scope = NewDisposeScope();
        return HostTransfer.To(Read([.. Enumerable.Range((int)start, (int)length)]), Device).MoveToOuterDisposeScope();
    }

    /// <summary>Images in the machine's memory, uint8 <c>[N, C, H, W]</c>, in the caller's dispose scope.</summary>
    public Tensor Read(int[] indices)
    {
        Tensor pixels = empty([indices.Length, shape.Channels, shape.Height, shape.Width], ScalarType.Byte, CPU);
        try
        {
            int most = Math.Max(1, ChunkBytes / ImageBytes);
            for (int start = 0; start < indices.Length; start += most)
            {
                int count = Math.Min(most, indices.Length - start);
                using Tensor chunk = pixels.narrow(0, start, count);
                part.Read(Array.ConvertAll(indices[start..(start + count)], index => images[index]), chunk.bytes);
            }

            return pixels;
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override PixelStore For(Device target, SetPlacement placement) => new ShardedPixels(part, images, shape, target);

    /// <inheritdoc/>
    public override void Dispose()
    {
        // Files are open only while they are read.
    }
}
