using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sweeper.Training.Data.Pixels;
using Sweeper.Training.Data.Sets.Tables;
using Sweeper.Training.Data.Shards;
using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>
/// A whole data set for one device: images (or a table's rows) to train and to test on, and their labels. The images are on the device, in the
/// machine's memory beside it, or on disk. Read-only once made; free it with Dispose.
/// </summary>
public sealed class ImageData : IDisposable
{
    private ImageData(string name, ImageShape shape, (PixelStore Pixels, Tensor Labels) train, (PixelStore Pixels, Tensor Labels) test)
    {
        Name = name;
        Shape = shape;
        (TrainPixels, TestPixels) = (train.Pixels, test.Pixels);
        // Its owner outlives any scope of a step.
        (TrainLabels, TestLabels) = (train.Labels.DetachFromDisposeScope(), test.Labels.DetachFromDisposeScope());
    }

    /// <summary>Name of the set.</summary>
    public string Name { get; }

    /// <summary>Where the arrays came from, such as <c>embedded</c> or a folder; says so where a copy is not the official one.</summary>
    public required string Origin { get; init; }

    /// <summary>Damaged files that were left out.</summary>
    public int Skipped { get; init; }

    /// <summary>Shape of every image.</summary>
    public ImageShape Shape { get; }

    /// <summary>Names of the classes, in label order; none where a number is predicted.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Training images, uint8 <c>[N, C, H, W]</c>; a table's rows: float32 <c>[N, 1, 1, F]</c>, ready for a model.</summary>
    /// <exception cref="InvalidOperationException">They are on disk: <see cref="IsStreamed"/>.</exception>
    public Tensor TrainImages => TrainPixels.Whole ?? throw OnDiskOnly();

    /// <summary>Whether the images stay on disk, and are read as they are needed.</summary>
    public bool IsStreamed => TrainPixels is ShardedPixels;

    /// <summary>Training images, wherever they are kept.</summary>
    internal PixelStore TrainPixels { get; }

    /// <summary>Test images, wherever they are kept.</summary>
    internal PixelStore TestPixels { get; }

    /// <summary>Training labels, int64 <c>[N]</c>; numbers to predict: float32 <c>[N]</c>, scaled.</summary>
    public Tensor TrainLabels { get; }

    /// <summary>Test images, uint8 <c>[M, C, H, W]</c>; a table's rows: float32 <c>[M, 1, 1, F]</c>.</summary>
    /// <exception cref="InvalidOperationException">They are on disk: <see cref="IsStreamed"/>.</exception>
    public Tensor TestImages => TestPixels.Whole ?? throw OnDiskOnly();

    /// <summary>Test labels, int64 <c>[M]</c>; numbers to predict: float32 <c>[M]</c>, scaled.</summary>
    public Tensor TestLabels { get; }

    /// <summary>The number to predict; null: classes.</summary>
    public TargetScale? Target => Table?.Target;

    /// <summary>What is to be learned.</summary>
    public LearningTask Task => Target is null ? Classes.Count : LearningTask.Regression;

    /// <summary>How the rows of a table became features; null: these are images.</summary>
    internal TableEncoding? Table { get; init; }

    /// <summary>Training labels in managed memory, for <see cref="Split.Create"/>; of numbers to predict, the tenth of them that each falls into.</summary>
    public required ImmutableArray<int> TrainTargets { get; init; }

    /// <summary>Number of training images.</summary>
    public int TrainCount => TrainTargets.Length;

    /// <summary>Number of test images.</summary>
    public required int TestCount { get; init; }

    /// <summary>SHA-256 (hex) of shape, classes, pixels and labels: equal exactly where the arrays are.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Mean and standard deviation of the training images, for normalisation; 0 and 1 for a table, which is scaled when it is read.</summary>
    public required ChannelStatistics Statistics { get; init; }

    /// <summary>How pixels become numbers.</summary>
    public PixelScaling Scaling { get; init; }

    /// <summary>What is taken from a pixel in [0, 1], and what the rest is divided by.</summary>
    internal ChannelStatistics Normalisation => Scaling == PixelScaling.Unit ? ChannelStatistics.Identity(Shape.Channels) : Statistics;

    /// <summary>Device that batches are given on; it holds the labels.</summary>
    public Device Device => TrainLabels.device;

    /// <summary>Bytes of memory that images and labels take; those of images on disk are not counted.</summary>
    public long MemoryBytes => TrainPixels.MemoryBytes + TestPixels.MemoryBytes + (sizeof(long) * ((long)TrainCount + TestCount));

    /// <summary>A copy of the set on <paramref name="device"/>, to be disposed on its own. Images on disk stay there.</summary>
    public ImageData To(Device device) => To(device, SetPlacement.Device);

    /// <summary>The set for a device, to be disposed on its own.</summary>
    /// <param name="device">Device that batches are to be given on.</param>
    /// <param name="placement">Where images are kept that are not on disk.</param>
    internal ImageData To(Device device, SetPlacement placement)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new ImageData(Name, Shape, (TrainPixels.For(device, placement), Copy(TrainLabels)), (TestPixels.For(device, placement), Copy(TestLabels)))
        {
            Origin = Origin,
            Skipped = Skipped,
            Classes = Classes,
            Table = Table,
            TrainTargets = TrainTargets,
            TestCount = TestCount,
            ContentHash = ContentHash,
            Statistics = Statistics,
            Scaling = Scaling,
        };

        Tensor Copy(Tensor tensor) => HostTransfer.AreSame(tensor.device, device) ? tensor.clone() : tensor.to(device);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        TrainPixels.Dispose();
        TrainLabels.Dispose();
        TestPixels.Dispose();
        TestLabels.Dispose();
    }

    /// <summary>Copies arrays into tensors on the CPU.</summary>
    internal static ImageData From(string name, RawImages raw, PixelScaling scaling = PixelScaling.Standard) =>
        new(name, raw.Shape, (Images(raw.Train, raw.Shape), Labels(raw.Train)), (Images(raw.Test, raw.Shape), Labels(raw.Test)))
        {
            Origin = raw.Origin,
            Skipped = raw.Skipped,
            Classes = raw.Classes,
            Table = raw.Table,
            TrainTargets = [.. raw.Train.Labels],
            TestCount = raw.Test.Count,
            ContentHash = raw.Hash(),
            Statistics = raw.Shape.IsRow
                ? ChannelStatistics.Identity(raw.Shape.Channels)
                : ChannelStatistics.Of(raw.Train.Pixels, raw.Shape.Channels, raw.Shape.Height * raw.Shape.Width),
            Scaling = scaling,
        };

    /// <summary>A set whose images are on disk.</summary>
    /// <param name="name">Name of the set.</param>
    /// <param name="shape">Shape of every image.</param>
    /// <param name="train">Training images and their labels.</param>
    /// <param name="test">Test images and their labels.</param>
    /// <param name="content">Classes, hash and statistics, as they were read.</param>
    /// <param name="scaling">How pixels become numbers.</param>
    internal static ImageData OnDisk(
        string name, ImageShape shape, (ShardedPixels Pixels, int[] Labels) train, (ShardedPixels Pixels, int[] Labels) test, StreamedContent content, PixelScaling scaling) =>
        new(name, shape, (train.Pixels, Labels(train.Labels)), (test.Pixels, Labels(test.Labels)))
        {
            Origin = content.Origin,
            Skipped = content.Skipped,
            Classes = content.Classes,
            TrainTargets = [.. train.Labels],
            TestCount = test.Labels.Length,
            ContentHash = content.Hash,
            Statistics = content.Statistics,
            Scaling = scaling,
        };

    // Copied into torch's own memory: torch.tensor would keep the managed array pinned for the tensor's whole life.
    private static HeldPixels Images(RawPart part, ImageShape shape)
    {
        Tensor images = empty([part.Count, shape.Channels, shape.Height, shape.Width], part.Features is null ? ScalarType.Byte : ScalarType.Float32, CPU);
        (part.Features is { } features ? MemoryMarshal.AsBytes(features.AsSpan()) : part.Pixels).CopyTo(images.bytes);
        return new HeldPixels(images, CPU);
    }

    private InvalidOperationException OnDiskOnly() => new($"the images of {Origin} are on disk: they are read batch by batch");

    private static Tensor Labels(RawPart part)
    {
        if (part.Targets is not { } numbers)
        {
            return Labels(part.Labels);
        }

        Tensor targets = empty(part.Count, ScalarType.Float32, CPU);
        MemoryMarshal.AsBytes(numbers.AsSpan()).CopyTo(targets.bytes);
        return targets;
    }

    private static Tensor Labels(int[] classes)
    {
        Tensor labels = empty(classes.Length, ScalarType.Int64, CPU);
        Array.ConvertAll(classes, label => (long)label).CopyTo(MemoryMarshal.Cast<byte, long>(labels.bytes));
        return labels;
    }
}
