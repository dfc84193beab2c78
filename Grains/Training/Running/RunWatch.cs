using System.Diagnostics;
using System.Diagnostics.Metrics;
using Sweeper.Contracts.Telemetry;

namespace Sweeper.Training.Running;

/// <summary>A part of a run that is no training: its span, its measurement, and the slot's time. Disposing of it ends it.</summary>
internal readonly struct RunWatch : IDisposable
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly Histogram<double> _duration;
    private readonly KeyValuePair<string, object?> _tag;

    private RunWatch(string span, string activity, Histogram<double> duration, KeyValuePair<string, object?> tag)
    {
        SlotClock.Enter(activity);
        Span = SweeperTelemetry.Source.StartActivity(span);
        (_duration, _tag) = (duration, tag);
    }

    /// <summary>Its span; null where nobody listens.</summary>
    public Activity? Span { get; }

    /// <summary>A reading begins.</summary>
    public static RunWatch Evaluate(EvaluationImages images)
    {
        KeyValuePair<string, object?> tag = new(Attributes.Images, images.ToString().ToLowerInvariant());
        var watch = new RunWatch(Spans.Evaluate, SlotClock.Evaluating, Instruments.EvaluationDuration, tag);
        watch.Span?.SetTag(tag.Key, tag.Value);
        return watch;
    }

    /// <summary>A checkpoint is saved.</summary>
    public static RunWatch SaveCheckpoint() => Checkpoint(Spans.SaveCheckpoint, "save");

    /// <summary>A checkpoint is loaded.</summary>
    public static RunWatch LoadCheckpoint() => Checkpoint(Spans.LoadCheckpoint, "load");

    /// <summary>Notes the size of the checkpoint.</summary>
    public void NoteSize(string path)
    {
        long bytes = new FileInfo(path).Length;
        Span?.SetTag(Attributes.CheckpointSize, bytes);
        Instruments.CheckpointSize.Record(bytes, _tag);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _duration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, _tag);
        Span?.Dispose();
    }

    private static RunWatch Checkpoint(string span, string operation) =>
        new(span, SlotClock.Checkpointing, Instruments.CheckpointDuration, new KeyValuePair<string, object?>(Attributes.CheckpointOperation, operation));
}
