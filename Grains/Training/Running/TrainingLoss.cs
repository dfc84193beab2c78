using Sweeper.Training.Data;
using Sweeper.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>The loss of a step: cross-entropy, with smoothed labels, weighted classes and mixed images where they are asked for; of numbers the mean squared error.</summary>
internal sealed class TrainingLoss : IDisposable
{
    private readonly TargetOptions _targets;
    private readonly double _labelSmoothing;
    private readonly long _seed;
    private readonly bool _isRegression;
    private readonly Tensor? _weights;

    /// <summary>Takes the options.</summary>
    /// <param name="targets">Weights and mixing.</param>
    /// <param name="labelSmoothing">Share of each target that is spread evenly over all classes.</param>
    /// <param name="data">Images.</param>
    /// <param name="indices">Which training images are trained on.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <exception cref="ArgumentException">An option is out of its range or does not fit the images.</exception>
    public TrainingLoss(TargetOptions targets, double labelSmoothing, ImageData data, IReadOnlyList<int> indices, long seed)
    {
        if (targets.Check(data.Shape.IsRow, data.Task).ToArray() is { Length: > 0 } problems)
        {
            throw new ArgumentException(string.Join("; ", problems), nameof(targets));
        }

        (_targets, _labelSmoothing, _seed, _isRegression) = (targets, labelSmoothing, seed, data.Task.IsRegression);
        if (targets.Weights is { } weighting)
        {
            using DisposeScope scope = NewDisposeScope();
            double[] weights = weighting.Of(data.Classes, indices.Select(index => data.TrainTargets[index]));
            _weights = tensor(Array.ConvertAll(weights, weight => (float)weight)).to(data.Device).DetachFromDisposeScope();
        }
    }

    /// <summary>Loss of a batch, a scalar on the device, in the caller's dispose scope.</summary>
    /// <param name="model">Network, in training mode.</param>
    /// <param name="batch">Batch.</param>
    /// <param name="step">Steps taken before.</param>
    public Tensor Of(ImageModel model, Batch batch, int step)
    {
        if (!_targets.Mixes)
        {
            return Of(model.forward(batch.Images), batch.Labels);
        }

        // The order of a batch is random, so its reverse gives each image a random partner.
        var mix = BatchMix.Of(_targets, _seed, step);
        Tensor others = batch.Images.flip(0);
        (Tensor images, double share) = mix.Pastes ? Paste(batch.Images, others, mix) : (Blend(batch.Images, others, mix.Share), mix.Share);
        Tensor answers = model.forward(images);
        return Blend(Of(answers, batch.Labels), Of(answers, batch.Labels.flip(0)), share);
    }

    /// <inheritdoc/>
    public void Dispose() => _weights?.Dispose();

    private static Tensor Blend(Tensor one, Tensor other, double share)
    {
        using Scalar first = share.ToScalar();
        using Scalar second = (1 - share).ToScalar();
        return one.mul(first).add(other, second);
    }

    private static (Tensor Images, double Share) Paste(Tensor images, Tensor others, BatchMix mix)
    {
        (int height, int width) = ((int)images.shape[2], (int)images.shape[3]);
        (int top, int left, int tall, int wide) = mix.Rectangle(height, width);
        if (tall == 0 || wide == 0)
        {
            return (images, 1);
        }

        Tensor mixed = images.clone();
        Rectangle(mixed).copy_(Rectangle(others));
        return (mixed, 1 - ((double)tall * wide / (height * width)));

        Tensor Rectangle(Tensor of) => of.narrow(2, top, tall).narrow(3, left, wide);
    }

    // Of squared errors, too, the shares of two losses have the gradient of the loss against shares of two targets.
    private Tensor Of(Tensor answers, Tensor labels) => _isRegression
        ? nn.functional.mse_loss(answers.squeeze(1), labels)
        : nn.functional.cross_entropy(answers, labels, weight: _weights, label_smoothing: _labelSmoothing);
}
