using System.Text.Json;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Grains.Store.Rows;

/// <summary>A job that ended, as it is read.</summary>
internal sealed class EndedRow
{
    /// <summary>Name of its sweep.</summary>
    public required string Sweep { get; init; }

    /// <summary>Number within the sweep.</summary>
    public int Number { get; init; }

    /// <summary>Outcome as JSON.</summary>
    public required string Outcome { get; init; }

    /// <summary>Circumstances as JSON.</summary>
    public required string Run { get; init; }

    /// <summary>The job.</summary>
    /// <param name="kind">What it did.</param>
    public EndedJob ToJob(JobKind kind) => new(
        new JobKey(Sweep, kind, Number),
        StoreJson.Read<JobOutcome>(Outcome) ?? throw new JsonException("A job that ended has an outcome."),
        StoreJson.Read<RunInfo>(Run) ?? throw new JsonException("A job that ended ran somewhere."));
}
