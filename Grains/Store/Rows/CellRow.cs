using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Store.Rows;

/// <summary>A cell as it is read.</summary>
internal sealed class CellRow
{
    /// <summary>Columns.</summary>
    public const string Columns = """
        number AS Number, batch_size AS BatchSize, weight_decay AS WeightDecay, dropout AS Dropout, status AS Status,
        attempts AS Attempts, outcome AS Outcome, run AS Run, length_factor AS LengthFactor,
        train_size AS TrainSize, repeat AS Repeat, model_settings AS ModelSettings
        """;

    /// <summary>Number within the sweep.</summary>
    public int Number { get; init; }

    /// <summary>Images per step.</summary>
    public int BatchSize { get; init; }

    /// <summary>Weight decay.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Dropout rate.</summary>
    public double Dropout { get; init; }

    /// <summary>Status, as <see cref="EnumText{T}"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Attempts started.</summary>
    public int Attempts { get; init; }

    /// <summary>Outcome as JSON.</summary>
    public string? Outcome { get; init; }

    /// <summary>Circumstances as JSON.</summary>
    public string? Run { get; init; }

    /// <summary>Length of the range test over the spec's; null in rows of the first schema: the same.</summary>
    public double? LengthFactor { get; init; }

    /// <summary>Training images where the search compares several numbers; null: all that the spec loads.</summary>
    public int? TrainSize { get; init; }

    /// <summary>What the range test repeats, as JSON; null in rows of the first four schemas.</summary>
    public string? Repeat { get; init; }

    /// <summary>Settings of a model of a user's own, as JSON; null with a built-in one.</summary>
    public string? ModelSettings { get; init; }

    /// <summary>The cell.</summary>
    public CellRecord ToRecord() => new(
        Number,
        new CellKey(BatchSize, WeightDecay, Dropout, TrainSize, StoreJson.Read<ModelSettings>(ModelSettings)),
        EnumText<JobStatus>.Parse(Status),
        Attempts,
        StoreJson.Read<JobOutcome>(Outcome),
        StoreJson.Read<RunInfo>(Run),
        LengthFactor ?? 1,
        StoreJson.Read<RangeTestRepeat>(Repeat));
}
