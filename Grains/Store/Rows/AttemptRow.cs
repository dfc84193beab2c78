using System.Data.Common;
using Dapper;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Grains.Store.Rows;

/// <summary>An attempt as it is read.</summary>
internal sealed class AttemptRow
{
    /// <summary>Number, from 1.</summary>
    public int Attempt { get; init; }

    /// <summary>Key of the worker.</summary>
    public required string Worker { get; init; }

    /// <summary>When it was assigned, as text of <see cref="StoreTime"/>.</summary>
    public required string StartedAt { get; init; }

    /// <summary>When it ended, as text of <see cref="StoreTime"/>; null while it has not.</summary>
    public string? EndedAt { get; init; }

    /// <summary>How it ended.</summary>
    public string? EndedAs { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>Reads a job's attempts, first to last.</summary>
    public static async Task<IEnumerable<AttemptRow>> ReadAsync(DbTransaction transaction, StoreDialect dialect, JobKey job, CancellationToken stop) =>
        await transaction.Connection!.QueryAsync<AttemptRow>(new CommandDefinition( // Null only after the transaction has ended.
            $"""
            SELECT attempt AS Attempt, worker AS Worker, {dialect.TimeText("started_at")} AS StartedAt,
            {dialect.TimeText("ended_at")} AS EndedAt, ended_as AS EndedAs, reason AS Reason
            FROM attempts WHERE sweep = @Sweep AND job_kind = @Kind AND job_number = @Number ORDER BY attempt
            """,
            new { job.Sweep, Kind = EnumText<JobKind>.Of(job.Kind), job.Number },
            transaction,
            cancellationToken: stop));

    /// <summary>The attempt.</summary>
    /// <param name="job">Its job.</param>
    public AttemptRecord ToRecord(JobKey job) => new(
        job, Attempt, Worker, StoreTime.Parse(StartedAt), EndedAt is null ? null : StoreTime.Parse(EndedAt), EndedAs, Reason);
}
