using System.Diagnostics;

namespace Sweeper.Training.Running;

/// <summary>Is told what runs do, on their own threads: for spans, measurements and the time of a slot. The engine itself knows none of them.</summary>
internal interface IRunTelemetry
{
    /// <summary>Starts a span below the one that is current on this thread.</summary>
    /// <param name="name">One of <see cref="RunTelemetry"/>'s names.</param>
    /// <returns>Null where nobody listens.</returns>
    Activity? StartSpan(string name);

    /// <summary>The run on this thread does something else from now on.</summary>
    /// <param name="activity">One of <see cref="RunTelemetry"/>'s activities.</param>
    void Enter(string activity);

    /// <summary>What was measured so far is wanted now.</summary>
    void Flush();

    /// <summary>A pass over the training images took so long.</summary>
    /// <param name="seconds">Seconds.</param>
    void EpochTook(double seconds);

    /// <summary>A reading took so long.</summary>
    /// <param name="seconds">Seconds.</param>
    /// <param name="images">Images, in a word.</param>
    void EvaluationTook(double seconds, string images);

    /// <summary>A checkpoint took so long.</summary>
    /// <param name="seconds">Seconds.</param>
    /// <param name="operation"><c>save</c> or <c>load</c>.</param>
    void CheckpointTook(double seconds, string operation);

    /// <summary>A checkpoint is so large.</summary>
    /// <param name="bytes">Bytes.</param>
    /// <param name="operation"><c>save</c> or <c>load</c>.</param>
    void CheckpointHas(long bytes, string operation);
}
