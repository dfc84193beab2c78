using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sweeper.Training.Data.Sets.Tables;
using Sweeper.Training.Models;
using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>A whole data set on one device: two tensors of images (or of a table's rows), two of labels. Read-only once made; free it with Dispose.</summary>
public sealed class ImageData : IDisposable
{
    private ImageData(string name, ImageShape shape, Tensor[] tensors)
    {
        Name = name;
        Shape = shape;
        // Its owner outlives any scope of a step.
        (TrainImages, TrainLabels, TestImages, TestLabels) = tensors switch
        {
            [Tensor a, Tensor b, Tensor c, Tensor d] =>
                (a.DetachFromDisposeScope(), b.DetachFromDisposeScope(), c.DetachFromDisposeScope(), d.DetachFromDisposeScope()),
            _ => throw new ArgumentException("four tensors make a data set", nameof(tensors)),
        };
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
    public Tensor TrainImages { get; }

    /// <summary>Training labels, int64 <c>[N]</c>; numbers to predict: float32 <c>[N]</c>, scaled.</summary>
    public Tensor TrainLabels { get; }

    /// <summary>Test images, uint8 <c>[M, C, H, W]</c>; a table's rows: float32 <c>[M, 1, 1, F]</c>.</summary>
    public Tensor TestImages { get; }

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

    /// <summary>Device that holds the tensors.</summary>
    public Device Device => TrainImages.device;

    /// <summary>Bytes that the four tensors take.</summary>
    public long MemoryBytes => (((long)Shape.Values * (Shape.IsRow ? sizeof(float) : 1)) + sizeof(long)) * (TrainCount + TestCount);

    /// <summary>A copy of the set on <paramref name="device"/>, to be disposed on its own.</summary>
    public ImageData To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return new ImageData(Name, Shape, [Copy(TrainImages), Copy(TrainLabels), Copy(TestImages), Copy(TestLabels)])
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

        Tensor Copy(Tensor tensor) => tensor.device.type == device.type && tensor.device.index == device.index
            ? tensor.clone()
            : tensor.to(device);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        TrainImages.Dispose();
        TrainLabels.Dispose();
        TestImages.Dispose();
        TestLabels.Dispose();
    }

    /// <summary>Copies arrays into tensors on the CPU.</summary>
    internal static ImageData From(string name, RawImages raw, PixelScaling scaling = PixelScaling.Standard) =>
        new(name, raw.Shape, [Images(raw.Train, raw.Shape), Labels(raw.Train), Images(raw.Test, raw.Shape), Labels(raw.Test)])
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

    // Copied into torch's own memory: torch.tensor would keep the managed array pinned for the tensor's whole life.
    private static Tensor Images(RawPart part, ImageShape shape)
    {
        Tensor images = empty([part.Count, shape.Channels, shape.Height, shape.Width], part.Features is null ? ScalarType.Byte : ScalarType.Float32, CPU);
        (part.Features is { } features ? MemoryMarshal.AsBytes(features.AsSpan()) : part.Pixels).CopyTo(images.bytes);
        return images;
    }

    private static Tensor Labels(RawPart part)
    {
        if (part.Targets is { } numbers)
        {
            Tensor targets = empty(part.Count, ScalarType.Float32, CPU);
            MemoryMarshal.AsBytes(numbers.AsSpan()).CopyTo(targets.bytes);
            return targets;
        }

        Tensor labels = empty(part.Count, ScalarType.Int64, CPU);
        Array.ConvertAll(part.Labels, label => (long)label).CopyTo(MemoryMarshal.Cast<byte, long>(labels.bytes));
        return labels;
    }
}
