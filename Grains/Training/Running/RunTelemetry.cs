using System.Diagnostics;

namespace Sweeper.Training.Running;

/// <summary>Who is told what runs do, and the names that are used. A test holds them equal to those of the contracts.</summary>
internal static class RunTelemetry
{
    /// <summary>Span of a pass over the training images.</summary>
    public const string EpochSpan = "epoch";

    /// <summary>Span of steps between two interruptions.</summary>
    public const string TrainSpan = "train";

    /// <summary>Span of a reading on held-out images.</summary>
    public const string EvaluateSpan = "evaluate";

    /// <summary>Span of a checkpoint that is written.</summary>
    public const string SaveSpan = "save checkpoint";

    /// <summary>Span of a checkpoint that is looked for and read.</summary>
    public const string LoadSpan = "load checkpoint";

    /// <summary>Activity: steps.</summary>
    public const string Training = "training";

    /// <summary>Activity: readings.</summary>
    public const string Evaluating = "evaluating";

    /// <summary>Activity: checkpoints.</summary>
    public const string Checkpointing = "checkpointing";

    /// <summary>Error of a run that diverged.</summary>
    public const string Diverged = "diverged";

    /// <summary>Error of a run that ran out of memory.</summary>
    public const string OutOfMemory = "out_of_memory";

    /// <summary>Attribute: number of a pass.</summary>
    public const string EpochTag = "sweeper.epoch.number";

    /// <summary>Attribute: steps.</summary>
    public const string StepsTag = "sweeper.steps";

    /// <summary>Attribute: number of a step.</summary>
    public const string StepTag = "sweeper.step";

    /// <summary>Attribute: loss.</summary>
    public const string LossTag = "sweeper.loss";

    /// <summary>Attribute: accuracy.</summary>
    public const string AccuracyTag = "sweeper.accuracy";

    /// <summary>Attribute: images of a reading.</summary>
    public const string ImagesTag = "sweeper.evaluation.images";

    /// <summary>Attribute: bytes of a checkpoint.</summary>
    public const string CheckpointSizeTag = "sweeper.checkpoint.size";

    /// <summary>Attribute: what a run died of.</summary>
    public const string ErrorTag = "error.type";

    /// <summary>Who is told; whoever hosts the engine sets it once, before the first run.</summary>
    public static IRunTelemetry Current { get; set; } = new Nobody();

    private sealed class Nobody : IRunTelemetry
    {
        public Activity? StartSpan(string name) => null;

        public void Enter(string activity)
        {
        }

        public void Flush()
        {
        }

        public void EpochTook(double seconds)
        {
        }

        public void EvaluationTook(double seconds, string images)
        {
        }

        public void CheckpointTook(double seconds, string operation)
        {
        }

        public void CheckpointHas(long bytes, string operation)
        {
        }
    }
}
