using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Prediction;
using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store;

/// <summary>The store's queries. Each takes a fixed number of statements, however many trials there are.</summary>
/// <param name="dialect">Engine.</param>
internal sealed class SweepReader(StoreDialect dialect)
{
    /// <summary>Jobs of one fingerprint that are looked at: they differ in where they ran only.</summary>
    private const int MostSame = 50;

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

    /// <summary>A sweep's events of some kinds, in order.</summary>
    public async Task<ImmutableArray<StoredEvent>> ReadEventsOfAsync(
        DbTransaction transaction, string sweep, IReadOnlyList<string> kinds, CancellationToken stop) =>
        [.. (await EventRow.ReadAsync(transaction, dialect, sweep, kinds, stop)).Select(row => row.ToEvent())];

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

    /// <summary>Attempts at a job, first to last, and the number of its cell; none, and 0, where there is no such job.</summary>
    public async Task<(int Cell, ImmutableArray<AttemptRecord> Attempts)> ReadAttemptsAsync(DbTransaction transaction, JobKey job, CancellationToken stop)
    {
        string sql = job.Kind == JobKind.Trial
            ? "SELECT cell FROM trials WHERE sweep = @Sweep AND number = @Number"
            : "SELECT number FROM cells WHERE sweep = @Sweep AND number = @Number";
        int cell = (await QueryAsync<int>(transaction, sql, new { job.Sweep, job.Number }, stop)).FirstOrDefault();
        IEnumerable<AttemptRow> attempts = await AttemptRow.ReadAsync(transaction, dialect, job, stop);
        return (cell, [.. attempts.Select(attempt => attempt.ToRecord(job))]);
    }

    /// <summary>Jobs that ended with a result and have a fingerprint, those that ran first.</summary>
    public static async Task<ImmutableArray<EndedJob>> FindEndedAsync(
        DbTransaction transaction, JobKind kind, string fingerprint, CancellationToken stop)
    {
        (string table, string outcomes) = Results(kind);
        IEnumerable<EndedRow> rows = await QueryAsync<EndedRow>(
            transaction,
            $"""
            SELECT sweep AS Sweep, number AS Number, outcome AS Outcome, run AS Run FROM {table}
            WHERE fingerprint = @fingerprint AND outcome_kind IN ({outcomes})
            ORDER BY CASE WHEN reused_from IS NULL THEN 0 ELSE 1 END, sweep, number LIMIT {MostSame}
            """,
            new { fingerprint },
            stop);
        return [.. rows.Select(row => row.ToJob(kind))];
    }

    /// <summary>Which fingerprints jobs have that ended with a result.</summary>
    public async Task<ImmutableArray<string>> FindKnownAsync(
        DbTransaction transaction, JobKind kind, IReadOnlyCollection<string> fingerprints, CancellationToken stop)
    {
        (string table, string outcomes) = Results(kind);
        return
        [
            .. await QueryAsync<string>(
                transaction,
                $"SELECT DISTINCT fingerprint FROM {table} WHERE {dialect.IsOneOf("fingerprint", "@fingerprints")} AND outcome_kind IN ({outcomes})",
                new { fingerprints = fingerprints.ToArray() },
                stop),
        ];
    }

    private static (string Table, string Outcomes) Results(JobKind kind) =>
        kind == JobKind.Trial ? ("trials", "'trained', 'diverged'") : ("cells", "'range_tested'");

    /// <summary>Trials and range tests that ran to their end, of all sweeps of a model and a data set; the newest.</summary>
    public static async Task<ImmutableArray<MeasuredRun>> ReadRunsAsync(
        DbTransaction transaction, string model, string dataSet, int most, CancellationToken stop)
    {
        var asked = new { model, dataSet };
        Dictionary<string, SweepSpec> specs = [];
        foreach ((string name, string spec) in await QueryAsync<(string, string)>(
            transaction, "SELECT name, spec FROM sweeps WHERE model = @model AND data_set = @dataSet", asked, stop))
        {
            specs.Add(name, SpecJson.Read(spec));
        }

        var runs = ImmutableArray.CreateBuilder<MeasuredRun>();
        foreach ((string table, string outcome, JobKind kind) in new[] { ("trials", "trained", JobKind.Trial), ("cells", "range_tested", JobKind.RangeTest) })
        {
            IEnumerable<(string Sweep, long BatchSize, string Run)> rows = await QueryAsync<(string, long, string)>(
                transaction,
                $"""
                SELECT {table}.sweep, {table}.batch_size, {table}.run FROM {table} JOIN sweeps ON sweeps.name = {table}.sweep
                WHERE sweeps.model = @model AND sweeps.data_set = @dataSet AND outcome_kind = '{outcome}' AND reused_from IS NULL
                ORDER BY sweeps.created_at DESC, {table}.number LIMIT {most}
                """,
                asked,
                stop);
            runs.AddRange(rows.Select(row => new MeasuredRun(
                specs[row.Sweep], kind, (int)row.BatchSize, StoreJson.Read<RunInfo>(row.Run) ?? throw new JsonException("A job that ended ran somewhere."))));
        }

        return runs.ToImmutable();
    }

    private async Task<SweepRow?> ReadSweepAsync(DbTransaction transaction, string sweep, CancellationToken stop) =>
        (await QueryAsync<SweepRow>(transaction, $"SELECT {SweepRow.Columns(dialect)}, spec AS Spec FROM sweeps WHERE name = @sweep", new { sweep }, stop))
        .FirstOrDefault();

    private static Task<IEnumerable<T>> QueryAsync<T>(DbTransaction transaction, string sql, object? parameters, CancellationToken stop) =>
        transaction.Connection!.QueryAsync<T>( // Null only after the transaction has ended.
            new CommandDefinition(sql, parameters, transaction, cancellationToken: stop));
}
