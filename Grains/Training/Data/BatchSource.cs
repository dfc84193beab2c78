using Sweeper.Training.Data.Shards;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Data;

/// <summary>
/// An endless stream of training batches. Every epoch visits the images in a fresh random order; a last batch that is
/// not full is dropped, unless the whole set is smaller than a batch. Order and augmentation are drawn from two
/// generators of its own, on the CPU, so that every device sees the same images. Images on disk are shuffled by shards
/// and windows (<see cref="StreamOrder"/>): another order than that of images in memory.
/// </summary>
public sealed class BatchSource : IDisposable
{
    private const ulong OrderPurpose = 0x0DE2_0001;
    private const ulong AugmentationPurpose = 0xA063_0001;

    private readonly ImageData _data;
    private readonly Tensor _indices;
    private readonly ShardStream? _stream;
    private readonly Generator _orderGenerator;
    private readonly Generator _augmentationGenerator;
    private readonly PixelNormaliser _normaliser;
    private readonly Augmenter _augmenter;
    private byte[] _orderState;
    private Tensor? _order;

    /// <summary>Starts at the first batch of epoch 0.</summary>
    /// <param name="data">Images; must outlive the source.</param>
    /// <param name="indices">Which training images to visit; at least one.</param>
    /// <param name="batchSize">Images in a batch; at least 1.</param>
    /// <param name="augmentation">Random changes to the images.</param>
    /// <param name="seed">Chooses order and changes.</param>
    /// <exception cref="ArgumentException">No indices, one out of range, a batch size below 1, or changes that do not fit.</exception>
    public BatchSource(ImageData data, IReadOnlyList<int> indices, int batchSize, Augmentation augmentation, long seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(indices);
        ArgumentNullException.ThrowIfNull(augmentation);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ImageIndices.ThrowIfBad(indices, data.TrainCount);
        IReadOnlyList<string> problems = augmentation.Check(data.Shape);
        if (problems.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", problems), nameof(augmentation));
        }

        _data = data;
        Count = indices.Count;
        BatchSize = Math.Min(batchSize, Count);
        _indices = ImageIndices.ToTensor(indices, data.TrainPixels.IndexDevice);
        _stream = data.TrainPixels is ShardedPixels onDisk ? new ShardStream(onDisk, indices) : null;
        _orderGenerator = new Generator(new SeededRandom(seed, OrderPurpose).NextBits());
        _augmentationGenerator = new Generator(new SeededRandom(seed, AugmentationPurpose).NextBits());
        _normaliser = new PixelNormaliser(data);
        _augmenter = new Augmenter(augmentation, data.Shape, data.Device);
        _orderState = GeneratorState.Save(_orderGenerator);
    }

    /// <summary>Images visited.</summary>
    public int Count { get; }

    /// <summary>Images in every batch: as asked for, or all where there are fewer.</summary>
    public int BatchSize { get; }

    /// <summary>Batches in an epoch, at least 1.</summary>
    public int StepsPerEpoch => Count / BatchSize;

    /// <summary>Epochs begun before the current one.</summary>
    public int Epoch { get; private set; }

    /// <summary>Batches of the current epoch already given.</summary>
    public int Step { get; private set; }

    /// <summary>The next batch; its tensors are in the caller's dispose scope.</summary>
    public Batch Next()
    {
        if (Step == StepsPerEpoch)
        {
            Epoch++;
            Step = 0;
            _order?.Dispose();
            _order = null;
            _orderState = GeneratorState.Save(_orderGenerator);
        }

        using DisposeScope scope = NewDisposeScope();
        _order ??= DrawOrder();
        Tensor chosen = _order.narrow(0, (long)Step * BatchSize, BatchSize);
        Tensor labels = _data.TrainLabels.index_select(0, chosen.to(_data.Device));
        Tensor pixels = _stream?.Read(Step * BatchSize, BatchSize) ?? _data.TrainPixels.Select(chosen);
        Tensor images = _augmenter.Apply(pixels, _normaliser, _augmentationGenerator);
        Step++;
        return new Batch(images.MoveToOuterDisposeScope(), labels.MoveToOuterDisposeScope());
    }

    /// <summary>Where the stream stands.</summary>
    public BatchSourceState Save() => new(Epoch, Step, [.. _orderState], GeneratorState.Save(_augmentationGenerator));

    /// <summary>Goes back, or forward, to a saved place of a source made with the same arguments.</summary>
    /// <exception cref="ArgumentException">The state is not one of such a source.</exception>
    public void Restore(BatchSourceState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Epoch < 0 || state.Step < 0 || state.Step > StepsPerEpoch
            || !GeneratorState.IsStateOf(_orderGenerator, state.OrderState)
            || !GeneratorState.IsStateOf(_augmentationGenerator, state.AugmentationState))
        {
            throw new ArgumentException(
                $"the state (epoch {state.Epoch}, step {state.Step}) is not one of a source with {StepsPerEpoch} steps an epoch", nameof(state));
        }

        GeneratorState.Restore(_orderGenerator, state.OrderState);
        GeneratorState.Restore(_augmentationGenerator, state.AugmentationState);
        _orderState = [.. state.OrderState];
        Epoch = state.Epoch;
        Step = state.Step;
        _order?.Dispose();
        _order = null;
        // Past an epoch's first batch its order had been drawn; drawing it again puts the generator where it stood.
        if (Step > 0)
        {
            using DisposeScope scope = NewDisposeScope();
            _order = DrawOrder();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _indices.Dispose();
        _order?.Dispose();
        _stream?.Dispose();
        _orderGenerator.Dispose();
        _augmentationGenerator.Dispose();
        _normaliser.Dispose();
        _augmenter.Dispose();
    }

    private Tensor DrawOrder()
    {
        if (_stream is { } stream)
        {
            Tensor drawn = rand(1, ScalarType.Float64, CPU, generator: _orderGenerator);
            return ImageIndices.ToTensor(stream.Begin(BitConverter.DoubleToInt64Bits(drawn.data<double>()[0])), CPU);
        }

        Tensor permutation = randperm(Count, ScalarType.Int64, CPU, generator: _orderGenerator).to(_indices.device);
        return _indices.index_select(0, permutation).DetachFromDisposeScope();
    }
}
