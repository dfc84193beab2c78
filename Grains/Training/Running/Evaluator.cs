using Sweeper.Training.Data;
using Sweeper.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>Measures a model on held-out images. Draws no random number and leaves the model as it was.</summary>
internal static class Evaluator
{
    /// <summary>What it reaches; null where <paramref name="stop"/> came in between.</summary>
    /// <param name="model">Model in training mode; is so again afterwards.</param>
    /// <param name="images">Images to measure on.</param>
    /// <param name="stop">Looked at before every batch.</param>
    /// <param name="end">Takes every answer up; null: nobody does.</param>
    public static Measurement? Measure(ImageModel model, EvaluationSource images, CancellationToken stop, EndReadings? end = null)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        model.eval();
        try
        {
            using ErrorSums? errors = images.Target is { } scale ? new ErrorSums(scale, images.Device) : null;
            Tensor sums = zeros(2, ScalarType.Float64, images.Device);
            Tensor loss = sums[0];
            Tensor right = sums[1];
            for (int i = 0; i < images.Batches; i++)
            {
                if (stop.IsCancellationRequested)
                {
                    return null;
                }

                using DisposeScope perBatch = NewDisposeScope();
                Batch batch = images.Read(i);
                Tensor answers = model.forward(batch.Images);
                if (errors is not null)
                {
                    errors.Add(answers, batch.Labels);
                }
                else
                {
                    loss.Increase(nn.functional.cross_entropy(answers, batch.Labels, reduction: nn.Reduction.Sum));
                    right.Increase(answers.argmax(1).eq(batch.Labels).sum());
                }

                end?.Add(answers, batch.Labels);
            }

            if (errors is not null)
            {
                return errors.Read();
            }

            double[] read = sums.cpu().data<double>().ToArray(); // the one wait for the device
            return new Measurement(read[0] / images.Count, read[1] / images.Count);
        }
        finally
        {
            model.train();
        }
    }
}

/// <summary>What a model reaches on held-out images.</summary>
/// <param name="Loss">Mean cross-entropy, nats; of predicted numbers the mean squared error of the scaled ones.</param>
/// <param name="Accuracy">Fraction classified rightly; of predicted numbers R².</param>
/// <param name="Errors">Errors of predicted numbers; null: classes are told apart.</param>
internal readonly record struct Measurement(double Loss, double Accuracy, ErrorReading? Errors = null);
