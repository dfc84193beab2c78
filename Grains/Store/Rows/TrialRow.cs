using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Store.Rows;

/// <summary>A trial as it is read.</summary>
internal sealed class TrialRow
{
    /// <summary>Columns.</summary>
    public const string Columns = """
        number AS Number, cell AS Cell, max_learning_rate AS MaxLearningRate, batch_size AS BatchSize, weight_decay AS WeightDecay,
        dropout AS Dropout, replicate AS Replicate, seed AS Seed, status AS Status, attempts AS Attempts, outcome AS Outcome, run AS Run, plan AS Plan,
        train_size AS TrainSize, model_settings AS ModelSettings
        """;

    /// <summary>Number within the sweep.</summary>
    public int Number { get; init; }

    /// <summary>Number of its cell.</summary>
    public int Cell { get; init; }

    /// <summary>Peak learning rate.</summary>
    public double MaxLearningRate { get; init; }

    /// <summary>Images per step.</summary>
    public int BatchSize { get; init; }

    /// <summary>Weight decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Dropout rate.</summary>
    public double Dropout { get; init; }

    /// <summary>Replicate of the configuration.</summary>
    public int Replicate { get; init; }

    /// <summary>Seed.</summary>
    public int Seed { get; init; }

    /// <summary>Status, as <see cref="EnumText{T}"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Attempts started.</summary>
    public int Attempts { get; init; }

    /// <summary>Outcome as JSON.</summary>
    public string? Outcome { get; init; }

    /// <summary>Circumstances as JSON.</summary>
    public string? Run { get; init; }

    /// <summary>Plan as JSON.</summary>
    public string? Plan { get; init; }

    /// <summary>Training images where the search compares several numbers; null: all that the spec loads.</summary>
    public int? TrainSize { get; init; }

    /// <summary>Settings of a model of a user's own, as JSON; null with a built-in one.</summary>
    public string? ModelSettings { get; init; }

    /// <summary>The trial.</summary>
    public TrialRecord ToRecord() => new(
        Number,
        Cell,
        new Configuration(MaxLearningRate, BatchSize, WeightDecay, Dropout, TrainSize, StoreJson.Read<ModelSettings>(ModelSettings)),
        Replicate,
        Seed,
        EnumText<JobStatus>.Parse(Status),
        Attempts,
        StoreJson.Read<JobOutcome>(Outcome),
        StoreJson.Read<RunInfo>(Run),
        StoreJson.Read<TrialPlan>(Plan));
}
