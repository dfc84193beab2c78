using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Store.Rows;

/// <summary>A sweep as it is read.</summary>
internal sealed class SweepRow
{
    /// <summary>Columns of everything but the spec.</summary>
    public static string Columns(StoreDialect dialect) => $"""
        name AS Name, status AS Status, status_reason AS StatusReason, {dialect.TimeText("created_at")} AS CreatedAt,
        {dialect.TimeText("updated_at")} AS UpdatedAt, model AS Model, data_set AS DataSet, trials AS Trials, ended AS Ended,
        best_accuracy AS BestAccuracy, generation_of AS GenerationOf, generation AS Generation
        """;

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Status, as <see cref="EnumText{T}"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Why.</summary>
    public string? StatusReason { get; init; }

    /// <summary>When it was submitted, as text of <see cref="StoreTime"/>.</summary>
    public required string CreatedAt { get; init; }

    /// <summary>When it last changed, as text of <see cref="StoreTime"/>.</summary>
    public required string UpdatedAt { get; init; }

    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Data set.</summary>
    public required string DataSet { get; init; }

    /// <summary>All trials.</summary>
    public int Trials { get; init; }

    /// <summary>Trials that will not run any more.</summary>
    public int Ended { get; init; }

    /// <summary>Best mean accuracy.</summary>
    public double? BestAccuracy { get; init; }

    /// <summary>Sweep that it is a further generation of.</summary>
    public string? GenerationOf { get; init; }

    /// <summary>Which generation.</summary>
    public int? Generation { get; init; }

    /// <summary>Spec as JSON; null where it was not asked for.</summary>
    public string? Spec { get; init; }

    /// <summary>The sweep's line in a list.</summary>
    public SweepSummary ToSummary() => new(
        Name, EnumText<SweepStatus>.Parse(Status), StatusReason, StoreTime.Parse(CreatedAt), StoreTime.Parse(UpdatedAt), Model, DataSet, Trials, Ended, BestAccuracy, GenerationOf: GenerationOf, Generation: Generation);

    /// <summary>The spec.</summary>
    public SweepSpec ToSpec() => SpecJson.Read(Spec ?? throw new InvalidOperationException("The spec was not asked for."));
}
