using System.Collections.Immutable;

namespace Sweeper.Contracts.Telemetry;

/// <summary>Names of attributes of spans, measurements and log scopes: OpenTelemetry's where it has one, else <c>sweeper.*</c>.</summary>
public static class Attributes
{
    /// <summary>Name of the sweep.</summary>
    public const string Sweep = "sweeper.sweep.name";

    /// <summary>Status of the sweep.</summary>
    public const string SweepStatus = "sweeper.sweep.status";

    /// <summary>Number of the cell.</summary>
    public const string Cell = "sweeper.cell.number";

    /// <summary>Short name of the job.</summary>
    public const string Job = "sweeper.job.name";

    /// <summary>Kind of job.</summary>
    public const string JobKind = "sweeper.job.kind";

    /// <summary>State of jobs.</summary>
    public const string JobState = "sweeper.job.state";

    /// <summary>How a job or attempt ended.</summary>
    public const string Outcome = "sweeper.outcome";

    /// <summary>The same in words with numbers.</summary>
    public const string OutcomeText = "sweeper.outcome.text";

    /// <summary>Number of the attempt.</summary>
    public const string Attempt = "sweeper.attempt.number";

    /// <summary>Attempts so far.</summary>
    public const string Attempts = "sweeper.attempt.count";

    /// <summary>Worker.</summary>
    public const string Worker = "sweeper.worker";

    /// <summary>Job that a result was taken over from.</summary>
    public const string ReusedFrom = "sweeper.reused_from";

    /// <summary>Largest learning rate.</summary>
    public const string MaxLearningRate = "sweeper.config.max_lr";

    /// <summary>Batch size.</summary>
    public const string BatchSize = "sweeper.config.batch_size";

    /// <summary>Weight decay.</summary>
    public const string WeightDecay = "sweeper.config.weight_decay";

    /// <summary>Dropout.</summary>
    public const string Dropout = "sweeper.config.dropout";

    /// <summary>Seed.</summary>
    public const string Seed = "sweeper.config.seed";

    /// <summary>Model.</summary>
    public const string Model = "sweeper.model";

    /// <summary>Data set.</summary>
    public const string DataSet = "sweeper.data_set";

    /// <summary>Accuracy.</summary>
    public const string Accuracy = "sweeper.accuracy";

    /// <summary>Loss.</summary>
    public const string Loss = "sweeper.loss";

    /// <summary>Number of the epoch.</summary>
    public const string Epoch = "sweeper.epoch.number";

    /// <summary>Optimiser steps.</summary>
    public const string Steps = "sweeper.steps";

    /// <summary>Step at which something was.</summary>
    public const string Step = "sweeper.step";

    /// <summary>Images per second.</summary>
    public const string ImagesPerSecond = "sweeper.images_per_second";

    /// <summary>Held-out images.</summary>
    public const string Images = "sweeper.evaluation.images";

    /// <summary>Size of a checkpoint.</summary>
    public const string CheckpointSize = "sweeper.checkpoint.size";

    /// <summary>Whether a checkpoint is saved or loaded.</summary>
    public const string CheckpointOperation = "sweeper.checkpoint.operation";

    /// <summary>What a slot does.</summary>
    public const string SlotActivity = "sweeper.slot.activity";

    /// <summary>Why a slot is idle.</summary>
    public const string IdleReason = "sweeper.idle.reason";

    /// <summary>Why something failed.</summary>
    public const string ErrorType = "error.type";

    /// <summary>Database system.</summary>
    public const string DbSystem = "db.system.name";

    /// <summary>What is asked of the database.</summary>
    public const string DbOperation = "db.operation.name";

    /// <summary>Identity of a piece of hardware.</summary>
    public const string HardwareId = "hw.id";

    /// <summary>Name of a piece of hardware.</summary>
    public const string HardwareName = "hw.name";

    /// <summary>Every one of them.</summary>
    public static ImmutableArray<AttributeDefinition> All { get; } =
    [
        new(Sweep, "`quickstart`"),
        new(SweepStatus, "`completed`, `cancelled`; on gauges also `running`, `paused`"),
        new(Cell, "number within the sweep, from 1"),
        new(Job, "`T-0012`, `R-003`"),
        new(JobKind, "`trial`, `range_test`"),
        new(JobState, "`waiting` for a range test, `ready` to start, `running`"),
        new(Outcome, "`trained`, `range_tested`, `resume_checked`, `diverged`, `out_of_memory`, `failed`, `stopped`, `stopped_early`; of attempts also `lost`, `handed_back`"),
        new(OutcomeText, "the same in words with numbers"),
        new(Attempt, "number within the job, from 1"),
        new(Attempts, "attempts that the job took"),
        new(Worker, "`node/device`, such as `local/cpu`"),
        new(ReusedFrom, "`sweep/T-0012`: the job that the result was taken over from"),
        new(MaxLearningRate, "number"),
        new(BatchSize, "images per step"),
        new(WeightDecay, "number"),
        new(Dropout, "number"),
        new(Seed, "number"),
        new(Model, "`small-cnn`"),
        new(DataSet, "`fashion-mnist`"),
        new(Accuracy, "fraction: what the sweep selects by; of an evaluation: what it read"),
        new(Loss, "nats"),
        new(Epoch, "number within the run, from 1"),
        new(Steps, "optimiser steps"),
        new(Step, "step at which it was seen"),
        new(ImagesPerSecond, "training images per second of training time"),
        new(Images, "`validation`, `test`, `cooldown`"),
        new(CheckpointSize, "bytes"),
        new(CheckpointOperation, "`save`, `load`"),
        new(SlotActivity, "`loading`, `training`, `evaluating`, `checkpointing`, `idle`"),
        new(IdleReason, "`no_work`, `paused`, `range_tests` (trials wait for them), `limited` (by `max_parallel`), `handover` (a job is ready and not here yet), `draining`"),
        new(ErrorType, "`diverged`, `out_of_memory`, `failed`, `worker_lost`, or an exception's type"),
        new(DbSystem, "`sqlite`, `postgresql`"),
        new(DbOperation, "`append`, `delete`, `read`"),
        new(HardwareId, "UUID of a GPU"),
        new(HardwareName, "name of a GPU"),
    ];
}

/// <summary>An attribute.</summary>
/// <param name="Name">Name.</param>
/// <param name="Values">What it holds, for a person.</param>
public sealed record AttributeDefinition(string Name, string Values);
