using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Store.Rows;

/// <summary>
/// Tables whose rows are written in bulk. Columns beside <c>outcome</c> and <c>run</c> repeat what a person would ask for
/// in SQL; a reader of the whole takes the JSON.
/// </summary>
internal static class Tables
{
    /// <summary>Events of sweeps.</summary>
    public static readonly Table<Owned<StoredEvent>> Events = new Table<Owned<StoredEvent>>("sweep_events")
        .Text("sweep", row => row.Sweep)
        .Integer("sequence", row => row.Value.Sequence)
        .Time("happened_at", row => row.Value.At)
        .Text("kind", row => row.Value.Kind)
        .Json("payload", row => row.Value.Payload);

    /// <summary>Cells with what their range tests found.</summary>
    public static readonly Table<Owned<CellRecord>> Cells = new Table<Owned<CellRecord>>("cells")
        .Replacing("sweep", "number")
        .Text("sweep", row => row.Sweep)
        .Integer("number", row => row.Value.Number)
        .Integer("batch_size", row => row.Value.Key.BatchSize)
        .Real("weight_decay", row => row.Value.Key.WeightDecay)
        .Real("dropout", row => row.Value.Key.Dropout)
        .Text("status", row => EnumText<JobStatus>.Of(row.Value.Status))
        .Integer("attempts", row => row.Value.Attempts)
        .Text("outcome_kind", row => StoreJson.KindOf(row.Value.Outcome))
        .Text("verdict", row => row.Value.Findings is { } findings ? EnumText<RangeTestVerdict>.Of(findings.Verdict) : null)
        .Real("max_learning_rate", row => row.Value.Findings?.MaxLearningRate)
        .Real("min_learning_rate", row => row.Value.Findings?.MinLearningRate)
        .Real("valley", row => row.Value.Findings?.Valley)
        .Real("slide", row => row.Value.Findings?.Slide)
        .Real("minimum", row => row.Value.Findings?.Minimum)
        .Real("steep", row => row.Value.Findings?.Steep)
        .Real("best_accuracy", row => row.Value.Findings?.BestAccuracy)
        .Real("seconds", row => row.Value.Run?.Seconds)
        .Json("outcome", row => StoreJson.Of(row.Value.Outcome))
        .Json("run", row => StoreJson.Of(row.Value.Run))
        .Real("length_factor", row => row.Value.LengthFactor)
        .Text("fingerprint", row => row.Fingerprint)
        .Text("reused_from", row => row.Value.Run?.ReusedFrom?.ToString())
        .Integer("train_size", row => row.Value.Key.TrainSize)
        .Json("repeat", row => StoreJson.Of(row.Value.Repeat))
        .Json("model_settings", row => StoreJson.Of(row.Value.Key.Model));

    /// <summary>Trials with what they reached.</summary>
    public static readonly Table<Owned<TrialRecord>> Trials = new Table<Owned<TrialRecord>>("trials")
        .Replacing("sweep", "number")
        .Text("sweep", row => row.Sweep)
        .Integer("number", row => row.Value.Number)
        .Integer("cell", row => row.Value.Cell)
        .Real("max_learning_rate", row => row.Value.Configuration.MaxLearningRate)
        .Integer("batch_size", row => row.Value.Configuration.BatchSize)
        .Real("weight_decay", row => row.Value.Configuration.WeightDecay)
        .Real("dropout", row => row.Value.Configuration.Dropout)
        .Integer("replicate", row => row.Value.Replicate)
        .Integer("seed", row => row.Value.Seed)
        .Text("status", row => EnumText<JobStatus>.Of(row.Value.Status))
        .Integer("attempts", row => row.Value.Attempts)
        .Text("outcome_kind", row => StoreJson.KindOf(row.Value.Outcome))
        .Real("train_loss", row => row.Value.Score?.TrainLoss)
        .Real("validation_loss", row => row.Value.Score?.ValidationLoss)
        .Real("validation_accuracy", row => row.Value.Score?.ValidationAccuracy)
        .Real("test_loss", row => row.Value.Score?.TestLoss)
        .Real("test_accuracy", row => row.Value.Score?.TestAccuracy)
        .Text("worker", row => row.Value.Run?.Worker)
        .Text("device", row => row.Value.Run?.Device)
        .Time("started_at", row => row.Value.Run?.StartedAt)
        .Real("seconds", row => row.Value.Run?.Seconds)
        .Integer("steps", row => row.Value.Run?.Steps)
        .Real("epochs", row => row.Value.Run?.Epochs)
        .Real("images_per_second", row => row.Value.Run?.ImagesPerSecond)
        .Json("outcome", row => StoreJson.Of(row.Value.Outcome))
        .Json("run", row => StoreJson.Of(row.Value.Run))
        .Text("role", row => EnumText<TrialRole>.Of(row.Value.Role))
        .Integer("rung", row => row.Value.Plan?.Rung)
        .Json("plan", row => StoreJson.Of(row.Value.Plan))
        .Text("fingerprint", row => row.Fingerprint)
        .Text("reused_from", row => row.Value.Run?.ReusedFrom?.ToString())
        .Integer("train_size", row => row.Value.Configuration.TrainSize)
        .Json("model_settings", row => StoreJson.Of(row.Value.Configuration.Model))
        .Integer("memory_bytes", row => row.Value.Run?.MemoryBytes);

    /// <summary>Attempts at jobs.</summary>
    public static readonly Table<Owned<AttemptRecord>> Attempts = new Table<Owned<AttemptRecord>>("attempts")
        .Replacing("sweep", "job_kind", "job_number", "attempt")
        .Text("sweep", row => row.Sweep)
        .Text("job_kind", row => EnumText<JobKind>.Of(row.Value.Job.Kind))
        .Integer("job_number", row => row.Value.Job.Number)
        .Integer("attempt", row => row.Value.Attempt)
        .Text("worker", row => row.Value.Worker)
        .Time("started_at", row => row.Value.StartedAt)
        .Time("ended_at", row => row.Value.EndedAt)
        .Text("ended_as", row => row.Value.End)
        .Text("reason", row => row.Value.Reason);

    /// <summary>Curves, those of the last attempt only.</summary>
    public static readonly Table<CurveRow> Curves = new Table<CurveRow>("curves")
        .Replacing("sweep", "job_kind", "job_number")
        .UnlessNewer("attempt")
        .Text("sweep", row => row.Job.Sweep)
        .Text("job_kind", row => EnumText<JobKind>.Of(row.Job.Kind))
        .Integer("job_number", row => row.Job.Number)
        .Integer("attempt", row => row.Attempt)
        .Integer("points", row => row.Points)
        .Bytes("data", row => row.Data);
}
