using System.Text.Json.Serialization;

namespace Sweeper.Contracts.Jobs;

/// <summary>A worker's last word on an attempt.</summary>
/// <param name="Key">Which job.</param>
/// <param name="Attempt">Which attempt; a report of an attempt that is no longer the current one is refused.</param>
/// <param name="LeaseId">Lease of the slot that it ran in.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Run">Circumstances: enough to run it again.</param>
/// <param name="Curves">What was recorded along the way.</param>
/// <param name="Successor">Number of the prefetch (<see cref="JobTicket.Prefetch"/>) whose job has started in the slot; 0: none has, and none will.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.JobReport")]
public sealed record JobReport(JobKey Key, int Attempt, long LeaseId, JobOutcome Outcome, RunInfo Run, JobCurves Curves, long Successor = 0);

/// <summary>Circumstances of an attempt.</summary>
/// <param name="Worker">Key of the worker, <c>node/device</c>.</param>
/// <param name="Device">Device, such as <c>CPU (2 threads)</c> or a GPU's name.</param>
/// <param name="Versions">Sweeper, TorchSharp and libtorch versions; of an external trainer, its command.</param>
/// <param name="Seed">Seed of the trial.</param>
/// <param name="DataHash">SHA-256 of the images and labels trained on, of an external trainer that of its files, hexadecimal.</param>
/// <param name="Parameters">Trainable parameters of the model.</param>
/// <param name="StartedAt">Start of the attempt, UTC.</param>
/// <param name="Seconds">Wall time of the whole job in seconds, evaluation included, attempts added up.</param>
/// <param name="Steps">Optimiser steps taken, attempts not counted twice.</param>
/// <param name="Epochs">Passes over the training images, those of cooldown readings included.</param>
/// <param name="ImagesPerSecond">Training images per second of training time.</param>
/// <param name="ResumedFromStep">Step of the checkpoint that the attempt went on from; 0: from the start.</param>
/// <param name="Platform">Program, libraries, processor and device as far as numbers depend on them; null: from before it was kept.</param>
/// <param name="ReusedFrom">Job that this result was taken over from, because it is the very same; null: it ran.</param>
/// <param name="TrainImages">Images trained on, after the validation split; 0 in runs of earlier versions, which did not say.</param>
/// <param name="CooldownEpochs">Of the passes, those of cooldown readings.</param>
/// <param name="SkippedFiles">Damaged files of the data set that were left out, as the spec asked.</param>
/// <param name="MemoryBytes">
/// Most bytes of tensors that the training steps of a trial held on its device at a time: weights, gradients, the optimiser's state, a batch,
/// and what forward and backward pass keep; null where it was not measured.
/// </param>
[GenerateSerializer, Immutable, Alias("Sweeper.RunInfo")]
public sealed record RunInfo(
    string Worker,
    string Device,
    string Versions,
    int Seed,
    string DataHash,
    long Parameters,
    DateTimeOffset StartedAt,
    double Seconds,
    int Steps,
    double Epochs,
    double ImagesPerSecond,
    int ResumedFromStep,
    string? Platform = null,
    JobKey? ReusedFrom = null,
    int TrainImages = 0,
    double CooldownEpochs = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int SkippedFiles = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? MemoryBytes = null)
{
    /// <summary>What <see cref="Versions"/> of a run by an external trainer begins with; its command follows.</summary>
    public const string ExternalPrefix = "external: ";

    /// <summary>Whether a program of the user's own trained, whose files <see cref="DataHash"/> is of.</summary>
    [JsonIgnore]
    public bool IsExternal => Versions.StartsWith(ExternalPrefix, StringComparison.Ordinal);

    /// <summary>Epochs that count against a sweep's limits: none for a result that was taken over.</summary>
    [JsonIgnore]
    public double EpochsSpent => ReusedFrom is null ? Epochs : 0;
}

/// <summary>Curves of a job, as columns of equal length.</summary>
/// <param name="Step">Optimiser step at the end of the interval, from 1.</param>
/// <param name="LearningRate">Learning rate of that step.</param>
/// <param name="Momentum">Momentum of that step.</param>
/// <param name="TrainLoss">Mean training loss of the interval (range tests: of that step), nats.</param>
/// <param name="SmoothedLoss">Bias-corrected moving average of the loss, nats; NaN where not kept.</param>
/// <param name="Evaluations">Readings on held-out images.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.JobCurves")]
public sealed record JobCurves(
    int[] Step,
    double[] LearningRate,
    double[] Momentum,
    double[] TrainLoss,
    double[] SmoothedLoss,
    Evaluation[] Evaluations)
{
    /// <summary>No curve.</summary>
    public static JobCurves Empty { get; } = new([], [], [], [], [], []);
}

/// <summary>One reading on held-out images.</summary>
/// <param name="Step">Optimiser steps taken before it.</param>
/// <param name="Images">Which images.</param>
/// <param name="Loss">Mean cross-entropy, nats.</param>
/// <param name="Accuracy">Fraction classified rightly.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.Evaluation")]
public readonly record struct Evaluation(int Step, EvaluationSet Images, double Loss, double Accuracy);

/// <summary>Held-out images.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EvaluationSet>))]
public enum EvaluationSet
{
    /// <summary>Part of the training images held out to select by.</summary>
    Validation,

    /// <summary>Test images.</summary>
    Test,

    /// <summary>Validation images, read by a copy of the run that was annealed at this step: what the run would have reached had it ended soon after.</summary>
    Cooldown,
}
