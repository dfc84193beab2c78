using Sweeper.Training.Data.Pixels;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>Images to measure a model on: in fixed order, never augmented, the last batch as small as it falls.</summary>
public sealed class EvaluationSource : IDisposable
{
    private readonly PixelStore _images;
    private readonly Tensor _labels;
    private readonly Tensor? _indices;
    private readonly PixelNormaliser _normaliser;

    private EvaluationSource(ImageData data, PixelStore images, Tensor labels, Tensor? indices, int count, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        _images = images;
        _labels = labels;
        _indices = indices;
        Target = data.Target;
        Count = count;
        BatchSize = batchSize;
        _normaliser = new PixelNormaliser(data);
    }

    /// <summary>Device that batches are given on.</summary>
    public Device Device => _images.Device;

    /// <summary>The number to predict; null: classes.</summary>
    public TargetScale? Target { get; }

    /// <summary>Images in all.</summary>
    public int Count { get; }

    /// <summary>Images in a batch; the last may have fewer.</summary>
    public int BatchSize { get; }

    /// <summary>Batches in all.</summary>
    public int Batches => (Count + BatchSize - 1) / BatchSize;

    /// <summary>The test images.</summary>
    /// <param name="data">Images; must outlive the source.</param>
    /// <param name="batchSize">Images in a batch; at least 1.</param>
    public static EvaluationSource OfTest(ImageData data, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new EvaluationSource(data, data.TestPixels, data.TestLabels, null, data.TestCount, batchSize);
    }

    /// <summary>Some of the test images.</summary>
    /// <param name="data">Images; must outlive the source.</param>
    /// <param name="indices">Which; at least one.</param>
    /// <param name="batchSize">Images in a batch; at least 1.</param>
    /// <exception cref="ArgumentException">No indices, or one out of range.</exception>
    public static EvaluationSource OfTest(ImageData data, IReadOnlyList<int> indices, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(indices);
        ImageIndices.ThrowIfBad(indices, data.TestCount);
        Tensor chosen = ImageIndices.ToTensor(indices, data.TestPixels.IndexDevice);
        return new EvaluationSource(data, data.TestPixels, data.TestLabels, chosen, indices.Count, batchSize);
    }

    /// <summary>Some of the training images, such as the held-out ones.</summary>
    /// <param name="data">Images; must outlive the source.</param>
    /// <param name="indices">Which; at least one.</param>
    /// <param name="batchSize">Images in a batch; at least 1.</param>
    /// <exception cref="ArgumentException">No indices, or one out of range.</exception>
    public static EvaluationSource OfTrain(ImageData data, IReadOnlyList<int> indices, int batchSize)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(indices);
        ImageIndices.ThrowIfBad(indices, data.TrainCount);
        Tensor chosen = ImageIndices.ToTensor(indices, data.TrainPixels.IndexDevice);
        return new EvaluationSource(data, data.TrainPixels, data.TrainLabels, chosen, indices.Count, batchSize);
    }

    /// <summary>Batch number <paramref name="index"/>, from 0; its tensors are in the caller's dispose scope.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such batch.</exception>
    public Batch Read(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Batches);
        long start = (long)index * BatchSize;
        long length = Math.Min(BatchSize, Count - start);
        using DisposeScope scope = NewDisposeScope();
        Tensor images, labels;
        if (_indices is { } indices)
        {
            Tensor chosen = indices.narrow(0, start, length);
            images = _images.Select(chosen);
            labels = _labels.index_select(0, chosen.to(_labels.device));
        }
        else
        {
            images = _images.Range(start, length);
            labels = _labels.narrow(0, start, length);
        }

        return new Batch(_normaliser.Apply(images).MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _indices?.Dispose();
        _normaliser.Dispose();
    }
}
