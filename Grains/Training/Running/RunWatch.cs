using System.Diagnostics;

namespace Sweeper.Training.Running;

/// <summary>A part of a run that is no training: its span, its measurement, and the slot's time. Disposing of it ends it.</summary>
internal readonly struct RunWatch : IDisposable
{
    /// <summary>A checkpoint is saved.</summary>
    public const string Save = "save";

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly string _what;
    private readonly bool _evaluates;

    private RunWatch(string span, string activity, string what, bool evaluates)
    {
        RunTelemetry.Current.Enter(activity);
        Span = RunTelemetry.Current.StartSpan(span);
        (_what, _evaluates) = (what, evaluates);
    }

    /// <summary>Its span; null where nobody listens.</summary>
    public Activity? Span { get; }

    /// <summary>A reading begins.</summary>
    public static RunWatch Evaluate(EvaluationImages images)
    {
        string words = images.ToString().ToLowerInvariant();
        var watch = new RunWatch(RunTelemetry.EvaluateSpan, RunTelemetry.Evaluating, words, evaluates: true);
        watch.Span?.SetTag(RunTelemetry.ImagesTag, words);
        return watch;
    }

    /// <summary>A checkpoint is loaded.</summary>
    public static RunWatch LoadCheckpoint() => new(RunTelemetry.LoadSpan, RunTelemetry.Checkpointing, "load", evaluates: false);

    /// <summary>Notes the size of the checkpoint.</summary>
    public void NoteSize(string path) => NoteSize(path, Span, _what);

    /// <summary>Notes the size of a checkpoint.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="span">Span of what was done with it.</param>
    /// <param name="operation">What that was.</param>
    public static void NoteSize(string path, Activity? span, string operation)
    {
        long bytes = new FileInfo(path).Length;
        span?.SetTag(RunTelemetry.CheckpointSizeTag, bytes);
        RunTelemetry.Current.CheckpointHas(bytes, operation);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        double seconds = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        if (_evaluates)
        {
            RunTelemetry.Current.EvaluationTook(seconds, _what);
        }
        else
        {
            RunTelemetry.Current.CheckpointTook(seconds, _what);
        }

        Span?.Dispose();
    }
}
