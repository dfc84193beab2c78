using System.Runtime.InteropServices;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>One forward and backward pass on two images, before a model is trusted with a run.</summary>
public static class ModelDryRun
{
    private const int Images = 2;

    /// <summary>Tries a job's model; its generators are its own, so nothing else is touched.</summary>
    /// <param name="job">Job whose <see cref="TrainingJob.Check"/> found nothing.</param>
    /// <param name="data">Images, on the device to try it on.</param>
    /// <returns>What is wrong; null where nothing is.</returns>
    public static string? Try(TrainingJob job, ImageData data)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(data);
        try
        {
            using DisposeScope scope = NewDisposeScope();
            using Generator init = new((ulong)job.Seed, CPU);
            using Generator dropout = new((ulong)job.Seed, data.Device);
            using ImageModel model = ModelCatalog.Create(job.Model, data.Shape, data.Task, init, dropout, data.Device);
            long count = Math.Min(Images, data.TrainCount);
            using Scalar white = byte.MaxValue.ToScalar();
            Tensor stored = data.TrainPixels.Range(0, count);
            Tensor input = data.Shape.IsRow ? stored : stored.to(ScalarType.Float32).div_(white);
            Tensor logits = model.forward(input);
            if (logits.dim() != 2 || logits.shape[0] != count || logits.shape[1] != data.Task.Outputs)
            {
                return FormattableString.Invariant(
                    $"the model answers with shape [{string.Join(", ", logits.shape)}] for {count} {(data.Task.IsRegression ? "rows with one number to predict" : $"images of {data.Classes.Count} classes")}");
            }

            Tensor labels = data.TrainLabels.narrow(0, 0, count);
            Tensor loss = data.Task.IsRegression ? nn.functional.mse_loss(logits.squeeze(1), labels) : nn.functional.cross_entropy(logits, labels);
            loss.backward();
            GradientNode.EndPass();
            return float.IsFinite(loss.cpu().data<float>()[0]) ? null : "the first loss is not a finite number";
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or ExternalException)
        {
            return "the model failed on two images: " + error.Message;
        }
    }
}
