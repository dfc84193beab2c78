using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Sweeper.Plugins;
using Sweeper.Training.Data;
using Sweeper.Training.OwnModels;
using TorchSharp;
using static TorchSharp.torch;

namespace Sweeper.Training.Running;

/// <summary>What a run is measured by at its end beyond loss and accuracy.</summary>
/// <param name="data">Data.</param>
/// <param name="metrics">Metrics of the user's own.</param>
internal sealed class EndReadings(ImageData data, ImmutableArray<OwnMetric> metrics) : IDisposable
{
    private readonly ClassCounts? _counts = data.Task.IsRegression ? null : new ClassCounts(data.Classes.Count, data.Device);
    private readonly List<float> _outputs = [];
    private readonly List<float> _right = [];

    /// <summary>Takes up a batch.</summary>
    /// <param name="answers">Answers, a row an image.</param>
    /// <param name="labels">Right classes, or numbers.</param>
    public void Add(Tensor answers, Tensor labels)
    {
        _counts?.Add(answers, labels);
        if (!metrics.IsEmpty)
        {
            using DisposeScope scope = NewDisposeScope();
            Take(answers, _outputs);
            Take(labels, _right);
        }
    }

    /// <summary>A reading with all that it comes to. Waits for the device.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="errors">Errors of predicted numbers; null: classes are told apart.</param>
    /// <exception cref="OwnModelException">A metric of the user's own failed.</exception>
    public EvaluationReading Complete(EvaluationReading reading, ErrorReading? errors) => reading with
    {
        Classes = _counts?.Read(),
        Errors = errors,
        Own = metrics.IsEmpty ? [] : Own(),
    };

    /// <inheritdoc/>
    public void Dispose() => _counts?.Dispose();

    private static void Take(Tensor values, List<float> into)
    {
        Tensor here = values.to(ScalarType.Float32).cpu().contiguous();
        into.AddRange(MemoryMarshal.Cast<byte, float>(here.bytes));
    }

    private ImmutableArray<OwnReading> Own()
    {
        var answers = new Answers(data.Classes, Unscaled(_outputs), Unscaled(_right));
        return [.. metrics.Select(metric => new OwnReading(metric.Name, metric.Of(answers)))];
    }

    private float[] Unscaled(List<float> values) =>
        data.Target is { } scale ? [.. values.Select(value => (float)scale.FromNetwork(value))] : [.. values];
}
