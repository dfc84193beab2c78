using Sweeper.Training.Data;
using Sweeper.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>Measures a model on held-out images. Draws no random number and leaves the model as it was.</summary>
internal static class Evaluator
{
    /// <summary>Mean cross-entropy (nats) and fraction classified rightly; null where <paramref name="stop"/> came in between.</summary>
    /// <param name="model">Model in training mode; is so again afterwards.</param>
    /// <param name="images">Images to measure on.</param>
    /// <param name="stop">Looked at before every batch.</param>
    /// <param name="counts">Counts the answers class by class; null: nobody does.</param>
    public static (double Loss, double Accuracy)? Measure(ImageModel model, EvaluationSource images, CancellationToken stop, ClassCounts? counts = null)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        model.eval();
        try
        {
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
                Tensor logits = model.forward(batch.Images);
                loss.Increase(nn.functional.cross_entropy(logits, batch.Labels, reduction: nn.Reduction.Sum));
                right.Increase(logits.argmax(1).eq(batch.Labels).sum());
                counts?.Add(logits, batch.Labels);
            }

            double[] read = sums.cpu().data<double>().ToArray(); // the one wait for the device
            return (read[0] / images.Count, read[1] / images.Count);
        }
        finally
        {
            model.train();
        }
    }
}
