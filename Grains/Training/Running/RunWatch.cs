using System.Diagnostics;
using Sweeper.Contracts.Telemetry;

namespace Sweeper.Training.Running;

/// <summary>A part of a run that is no training: its span, its measurement, and the slot's time. Disposing of it ends it.</summary>
internal readonly struct RunWatch : IDisposable
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Action<double> _measure;

    private RunWatch(string span, string activity, Action<double> measure)
    {
        SlotClock.Enter(activity);
        Span = SweeperTelemetry.Source.StartActivity(span);
        _measure = measure;
    }

    /// <summary>Its span; null where nobody listens.</summary>
    public Activity? Span { get; }

    /// <summary>A reading begins.</summary>
    public static RunWatch Evaluate(EvaluationImages images)
    {
        KeyValuePair<string, object?> tag = new(Attributes.Images, images.ToString().ToLowerInvariant());
        var watch = new RunWatch(Spans.Evaluate, SlotClock.Evaluating, seconds => Instruments.EvaluationDuration.Record(seconds, tag));
        watch.Span?.SetTag(tag.Key, tag.Value);
        return watch;
    }

    /// <summary>A checkpoint is saved.</summary>
    public static RunWatch SaveCheckpoint() => Checkpoint(Spans.SaveCheckpoint, "save");

    /// <summary>A checkpoint is loaded.</summary>
    public static RunWatch LoadCheckpoint() => Checkpoint(Spans.LoadCheckpoint, "load");

    /// <summary>Notes the size of the checkpoint.</summary>
    public void NoteSize(string path, string operation)
    {
        long bytes = new FileInfo(path).Length;
        Span?.SetTag(Attributes.CheckpointSize, bytes);
        Instruments.CheckpointSize.Record(bytes, new KeyValuePair<string, object?>(Attributes.CheckpointOperation, operation));
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _measure(Stopwatch.GetElapsedTime(_start).TotalSeconds);
        Span?.Dispose();
    }

    private static RunWatch Checkpoint(string span, string operation)
    {
        KeyValuePair<string, object?> tag = new(Attributes.CheckpointOperation, operation);
        return new RunWatch(span, SlotClock.Checkpointing, seconds => Instruments.CheckpointDuration.Record(seconds, tag));
    }
}
