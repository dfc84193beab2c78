using System.Collections.Immutable;
using Sweeper.Training.Data;
using Sweeper.Training.Fusing;
using Sweeper.Training.Models;
using Sweeper.Training.Models.Layers;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Schedules;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>
/// A model in training: network, optimiser, stream of batches, generators. Nothing in it is shared with another
/// session, so that sessions on several threads give the numbers that each would give alone. To be used by one thread
/// at a time, without an <c>await</c> between its calls.
/// </summary>
public sealed class TrainingSession : IDisposable
{
    private const ulong InitPurpose = 0x1417_0001;
    private const ulong DropoutPurpose = 0xD809_0001;

    private readonly Generator _dropout;
    private readonly FlatParameters _parameters;
    private readonly Optimiser _optimiser;
    private readonly TrainingLoss _loss;
    private readonly ImmutableArray<Tensor> _buffers;
    private readonly ArraySeat? _seat;

    /// <summary>Draws the weights and stands before the first batch.</summary>
    /// <param name="model">Network and its settings.</param>
    /// <param name="optimiser">Update rule and its settings.</param>
    /// <param name="data">Images, on the device to train on; must outlive the session.</param>
    /// <param name="indices">Which training images to train on.</param>
    /// <param name="batchSize">Images in a step; at least 1.</param>
    /// <param name="augmentation">Random changes to the images.</param>
    /// <param name="seed">Chooses weights, order, augmentation and dropout.</param>
    /// <param name="labelSmoothing">Share of each target that is spread evenly over all classes; in [0, 1).</param>
    /// <param name="arrays">Sessions that may take their steps together with this one; null: it takes them alone.</param>
    /// <param name="targets">What else is done to images and targets of a batch; null: nothing.</param>
    /// <param name="precision">What the network computes with.</param>
    /// <exception cref="ArgumentException">An option is out of its range or does not fit the images.</exception>
    public TrainingSession(
        ModelOptions model,
        OptimiserOptions optimiser,
        ImageData data,
        IReadOnlyList<int> indices,
        int batchSize,
        Augmentation augmentation,
        long seed,
        double labelSmoothing = 0,
        TrainingArrays? arrays = null,
        TargetOptions? targets = null,
        Precision precision = Precision.Full)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimiser);
        ArgumentNullException.ThrowIfNull(data);
        if (TorchRuntime.Threads > 0 && !is_grad_enabled())
        {
            // A no_grad held over an await leaves its first thread like this for good; training there would do nothing.
            throw new InvalidOperationException("gradients are switched off on this thread");
        }

        using DisposeScope scope = NewDisposeScope();
        using Generator init = new(new SeededRandom(seed, InitPurpose).NextBits());
        try
        {
            _loss = new TrainingLoss(targets ?? TargetOptions.None, labelSmoothing, data, indices, seed);
            Batches = new BatchSource(data, indices, batchSize, augmentation, seed);
            _dropout = new Generator(new SeededRandom(seed, DropoutPurpose).NextBits(), data.Device);
            Model = ModelCatalog.Create(
                model, data.Shape, data.Task, init, _dropout, data.Device, precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32);
            Model.train();
            _parameters = new FlatParameters(Model.parameters(), optimiser.DecayBiasesAndNorms);
            _optimiser = Optimiser.Create(optimiser, _parameters);
            _buffers = [.. Model.buffers()];
            Member = new ArrayMember(Model, _parameters, _optimiser, _buffers, Batches, new DropoutSource(model.Dropout, _dropout));
            if (arrays is not null)
            {
                _seat = new ArraySeat(arrays, ArrayKey.Of(model, optimiser, data, Batches.BatchSize, labelSmoothing, targets, precision), Member);
            }
        }
        catch
        {
            // A device out of memory needs it back now, not when the collector comes by.
            Dispose();
            throw;
        }
    }

    /// <summary>The network; its parameters must not be replaced or moved.</summary>
    public ImageModel Model { get; }

    /// <summary>Optimiser steps taken.</summary>
    public int StepsTaken => _optimiser.StepsTaken;

    /// <summary>Whether a step was taken together with other sessions, so that numbers can differ by rounding from those of a session alone.</summary>
    public bool WasFused => _seat?.WasFused == true;

    /// <summary>What an array needs of it.</summary>
    internal ArrayMember Member { get; }

    /// <summary>The stream of batches.</summary>
    internal BatchSource Batches { get; }

    /// <summary>Why a share cannot be label smoothing's; empty: it can.</summary>
    internal static IEnumerable<string> CheckLabelSmoothing(double share, LearningTask task) =>
        share is not (>= 0 and < 1) ? [FormattableString.Invariant($"the label smoothing is {share}; it must be in [0, 1)")]
        : share > 0 && task.IsRegression ? ["label smoothing is for classes, and what is learned is a number"]
        : [];

    /// <summary>Trains on the next batch.</summary>
    /// <param name="point">Learning rate and momentum.</param>
    /// <returns>Mean cross-entropy of the batch, against smoothed labels where they are, or mean squared error, before the update, a scalar on the device, in the caller's dispose scope.</returns>
    internal Tensor Step(SchedulePoint point) => _seat is { } seat ? seat.Step(point, StepAlone) : StepAlone(point);

    private Tensor StepAlone(SchedulePoint point)
    {
        using DisposeScope scope = NewDisposeScope();
        Batch batch = Batches.Next();
        _parameters.ZeroGradients();
        Tensor loss = _loss.Of(Model, batch, _optimiser.StepsTaken);
        loss.backward();
        GradientNode.EndPass();
        _optimiser.Step(point);
        return loss.detach().MoveToOuterDisposeScope();
    }

    /// <summary>Copies out everything that changes.</summary>
    internal SessionState Save() => new(
        TensorBytes.Save(_parameters.Values),
        [.. _optimiser.State.Select(TensorBytes.Save)],
        _optimiser.StepsTaken,
        [.. _buffers.Select(TensorBytes.Save)],
        GeneratorState.Save(_dropout),
        Batches.Save());

    /// <summary>Why a state is not one of a session like this; null: it is. Changes nothing.</summary>
    internal string? WhyForeign(SessionState state)
    {
        if (state.Parameters.Length != TensorBytes.Length(_parameters.Values))
        {
            return $"it holds {state.Parameters.Length} bytes of parameters, the model has {TensorBytes.Length(_parameters.Values)}";
        }

        if (!Fit(state.Optimiser, _optimiser.State))
        {
            return "its optimiser state is that of another optimiser";
        }

        if (!Fit(state.Buffers, _buffers))
        {
            return "its batch-norm statistics are those of another model";
        }

        return state.Dropout.Length == GeneratorState.Save(_dropout).Length ? null : "its dropout generator is that of another device";

        static bool Fit(ImmutableArray<byte[]> saved, IReadOnlyList<Tensor> tensors) =>
            saved.Length == tensors.Count && saved.Zip(tensors).All(pair => pair.First.Length == TensorBytes.Length(pair.Second));
    }

    /// <summary>Takes parameters and batch-norm statistics of another session's state; optimiser, generators and batches stay as they are.</summary>
    /// <exception cref="ArgumentException">They are not those of a model like this; nothing was changed.</exception>
    internal void RestoreWeights(SessionState state)
    {
        bool fits = state.Parameters.Length == TensorBytes.Length(_parameters.Values)
            && state.Buffers.Length == _buffers.Length
            && state.Buffers.Zip(_buffers).All(pair => pair.First.Length == TensorBytes.Length(pair.Second));
        if (!fits)
        {
            throw new ArgumentException("the weights are those of another model", nameof(state));
        }

        TensorBytes.Restore(_parameters.Values, state.Parameters);
        _parameters.Publish();
        foreach ((Tensor tensor, byte[] values) in _buffers.Zip(state.Buffers))
        {
            TensorBytes.Restore(tensor, values);
        }
    }

    /// <summary>Goes to a saved state of a session made with the same arguments.</summary>
    /// <exception cref="ArgumentException">The state is not one of such a session; nothing was changed.</exception>
    internal void Restore(SessionState state)
    {
        if (WhyForeign(state) is { } reason)
        {
            throw new ArgumentException(reason, nameof(state));
        }

        Batches.Restore(state.Batches); // checks before it changes anything, as the lines above do
        GeneratorState.Restore(_dropout, state.Dropout);
        TensorBytes.Restore(_parameters.Values, state.Parameters);
        _parameters.Publish();
        foreach ((Tensor tensor, byte[] values) in _optimiser.State.Zip(state.Optimiser).Concat(_buffers.Zip(state.Buffers)))
        {
            TensorBytes.Restore(tensor, values);
        }

        _optimiser.StepsTaken = state.OptimiserSteps;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _seat?.Dispose();
        // Where the constructor failed, some of these are null in spite of their types.
        _loss?.Dispose();
        _optimiser?.Dispose();
        _parameters?.Dispose();
        Model?.Dispose();
        _dropout?.Dispose();
        Batches?.Dispose();
    }
}
