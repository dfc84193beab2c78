using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store;

/// <summary>The store's queries. Each takes a fixed number of statements, however many trials there are.</summary>
/// <param name="dialect">Engine.</param>
internal sealed class SweepReader(StoreDialect dialect)
{
    /// <summary>A sweep's spec and events in order; null where there is no such sweep.</summary>
    public async Task<StoredSweep?> ReadEventsAsync(DbTransaction transaction, string sweep, CancellationToken stop)
    {
        SweepRow? row = await ReadSweepAsync(transaction, sweep, stop);
        if (row is null)
        {
            return null;
        }

        IEnumerable<EventRow> events = await EventRow.ReadAsync(transaction, dialect, sweep, 1, long.MaxValue, stop);
        return new StoredSweep(row.ToSpec(), StoreTime.Parse(row.CreatedAt), [.. events.Select(item => item.ToEvent())]);
    }

    /// <summary>Every sweep, newest first.</summary>
    public async Task<ImmutableArray<SweepSummary>> ListAsync(DbTransaction transaction, CancellationToken stop)
    {
        IEnumerable<SweepRow> rows = await QueryAsync<SweepRow>(
            transaction, $"SELECT {SweepRow.Columns(dialect)} FROM sweeps ORDER BY sweeps.created_at DESC, name", null, stop);
        return [.. rows.Select(row => row.ToSummary())];
    }

    /// <summary>A sweep with its cells and trials in order of their numbers; null where there is no such sweep.</summary>
    public async Task<SweepResults?> ReadResultsAsync(DbTransaction transaction, string sweep, CancellationToken stop)
    {
        SweepRow? row = await ReadSweepAsync(transaction, sweep, stop);
        if (row is null)
        {
            return null;
        }

        IEnumerable<CellRow> cells = await QueryAsync<CellRow>(
            transaction, $"SELECT {CellRow.Columns} FROM cells WHERE sweep = @sweep ORDER BY number", new { sweep }, stop);
        IEnumerable<TrialRow> trials = await QueryAsync<TrialRow>(
            transaction, $"SELECT {TrialRow.Columns} FROM trials WHERE sweep = @sweep ORDER BY number", new { sweep }, stop);
        return new SweepResults(
            row.ToSummary(), row.ToSpec(), [.. cells.Select(cell => cell.ToRecord())], [.. trials.Select(trial => trial.ToRecord())]);
    }

    /// <summary>Curves of a job's last attempt; null where there are none.</summary>
    public static async Task<JobCurves?> ReadCurvesAsync(DbTransaction transaction, JobKey job, CancellationToken stop)
    {
        IEnumerable<byte[]> data = await QueryAsync<byte[]>(
            transaction,
            "SELECT data FROM curves WHERE sweep = @Sweep AND job_kind = @Kind AND job_number = @Number",
            new { job.Sweep, Kind = EnumText<JobKind>.Of(job.Kind), job.Number },
            stop);
        return data.FirstOrDefault() is { } packed ? CurveRow.Unpack(packed) : null;
    }

    private async Task<SweepRow?> ReadSweepAsync(DbTransaction transaction, string sweep, CancellationToken stop) =>
        (await QueryAsync<SweepRow>(transaction, $"SELECT {SweepRow.Columns(dialect)}, spec AS Spec FROM sweeps WHERE name = @sweep", new { sweep }, stop))
        .FirstOrDefault();

    private static Task<IEnumerable<T>> QueryAsync<T>(DbTransaction transaction, string sql, object? parameters, CancellationToken stop) =>
        transaction.Connection!.QueryAsync<T>( // Null only after the transaction has ended.
            new CommandDefinition(sql, parameters, transaction, cancellationToken: stop));
}
