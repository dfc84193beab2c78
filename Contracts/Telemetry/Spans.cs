using System.Collections.Immutable;

namespace Sweeper.Contracts.Telemetry;

/// <summary>Names of spans. They name a kind of work; which piece of it stands in the attributes (<see cref="Attributes"/>).</summary>
public static class Spans
{
    /// <summary>A console submits a spec.</summary>
    public const string Submit = "submit";

    /// <summary>A sweep, from its submission to its end.</summary>
    public const string Sweep = "sweep";

    /// <summary>A cell, from its first job's start to its last job's end.</summary>
    public const string Cell = "cell";

    /// <summary>A range test with all its attempts.</summary>
    public const string RangeTest = "range test";

    /// <summary>A trial with all its attempts.</summary>
    public const string Trial = "trial";

    /// <summary>One attempt of a job on its worker.</summary>
    public const string Attempt = "attempt";

    /// <summary>The images of a job are loaded, or found loaded.</summary>
    public const string LoadData = "load data";

    /// <summary>A pass over the training images.</summary>
    public const string Epoch = "epoch";

    /// <summary>Steps between two interruptions.</summary>
    public const string Train = "train";

    /// <summary>A reading on held-out images.</summary>
    public const string Evaluate = "evaluate";

    /// <summary>A checkpoint is written.</summary>
    public const string SaveCheckpoint = "save checkpoint";

    /// <summary>A checkpoint is looked for and read.</summary>
    public const string LoadCheckpoint = "load checkpoint";

    /// <summary>The end of an attempt is brought to the coordinator.</summary>
    public const string Report = "report";

    /// <summary>A change of the store, until it is durable.</summary>
    public const string StoreWrite = "store write";

    /// <summary>Every one of them, as a tree.</summary>
    public static ImmutableArray<SpanDefinition> All { get; } =
    [
        new(Submit, null, "console", "A spec is handed to the coordinator; ends with its answer."),
        new(Sweep, Submit, "coordinator", "From the submission to the end of the sweep. Without a traced console it is the root."),
        new(Cell, Sweep, "coordinator", "From the first start to the last end of the cell's jobs; written when the sweep ends."),
        new(RangeTest, Cell, "coordinator", "From the first attempt's start until its end was reported."),
        new(Trial, Cell, "coordinator", "From the first attempt's start until its end was reported; a result that was taken over has no length."),
        new(Attempt, Trial, "worker", "On its thread. Linked to the call that handed the job over. One whose worker was lost is written by the coordinator."),
        new(LoadData, Attempt, "worker", "Images of the job; short where another job has them loaded."),
        new(LoadCheckpoint, Attempt, "worker", "Only where there is one."),
        new(Epoch, Attempt, "worker", "One pass over the training images, or the part of it that this attempt trained."),
        new(Train, Epoch, "worker", "Steps without an evaluation or checkpoint in between. Of a range test: the ramp with its readings, directly below the attempt."),
        new(Evaluate, Epoch, "worker", "A reading on validation or test images, or on an annealed copy."),
        new(SaveCheckpoint, Epoch, "worker", "Written, flushed and renamed, beside the run, which has gone on once its state is copied: the span may outlast the pass that it began in."),
        new(Report, Attempt, "worker", "Until the coordinator has stored the end; longer than its attempt, and repeated until it arrives."),
        new(StoreWrite, Report, "coordinator", "Within any call that is traced: below a report, or below the submission."),
    ];
}

/// <summary>A kind of span.</summary>
/// <param name="Name">Name.</param>
/// <param name="Parent">Name of the span that it lies below, calls of grains in between left out; null: the root. An attempt's is a trial or a range test.</param>
/// <param name="Where">Who writes it.</param>
/// <param name="Meaning">What it covers.</param>
public sealed record SpanDefinition(string Name, string? Parent, string Where, string Meaning);
