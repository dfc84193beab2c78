using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Prediction;
using Sweeper.Grains.Store.Rows;
using Sweeper.Grains.Store.Schema;
using Sweeper.Grains.Store.Writing;

namespace Sweeper.Grains.Store;

/// <summary>The store over a relational database: one writer, any number of readers.</summary>
internal sealed class RelationalSweepStore : ISweepStore, IAccessStore, IDeviceTimeStore
{
    private readonly StoreDialect _dialect;
    private readonly StoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly StoreRetry _retry;
    private readonly StoreWriter _writer;
    private readonly SweepReader _reader;

    /// <summary>Creates it; nothing is touched yet.</summary>
    /// <param name="dialect">Engine; the store disposes of it.</param>
    /// <param name="options">How patient to be.</param>
    /// <param name="clock">Time.</param>
    /// <param name="logger">Hears of failures that are tried again.</param>
    public RelationalSweepStore(StoreDialect dialect, StoreOptions options, TimeProvider clock, ILogger logger)
    {
        _dialect = dialect;
        _options = options;
        _clock = clock;
        _retry = new StoreRetry(dialect, clock, logger);
        _writer = new StoreWriter(dialect, _retry, options.RetryFor);
        _reader = new SweepReader(dialect);
    }

    /// <inheritdoc/>
    public string Description => _dialect.Description;

    /// <inheritdoc/>
    public IAccessStore Access => this;

    /// <inheritdoc/>
    public IDeviceTimeStore DeviceTime => this;

    /// <inheritdoc/>
    public Task WriteDeviceTimeAsync(Guid source, IReadOnlyCollection<DeviceTime> times, CancellationToken stop) =>
        StoreTelemetry.WatchAsync(_dialect.SystemName, "device time", () => _writer.WriteAsync(new DeviceTimeChange(source, times, stop), stop));

    /// <inheritdoc/>
    public Task<ImmutableArray<DeviceTime>> ReadDeviceTimeAsync(DateOnly since, CancellationToken stop) => ReadAsync<ImmutableArray<DeviceTime>>(
        async transaction => [.. (await DeviceTimeRow.ReadAsync(transaction, since, stop)).Select(row => row.ToTime())], stop);

    /// <summary>Versions of the schema that this program knows.</summary>
    internal IReadOnlyList<SchemaVersion> History { get; set; } = SchemaVersion.All;

    /// <summary>Transactions committed by appends and deletes.</summary>
    internal long Transactions => _writer.Transactions;

    /// <inheritdoc/>
    public Task OpenAsync(CancellationToken stop) => Task.Run(() => _retry.RunAsync(() => MigrateAsync(stop), _options.OpenFor, stop), stop);

    /// <inheritdoc/>
    public Task AppendAsync(SweepWrite write, CancellationToken stop) =>
        StoreTelemetry.WatchAsync(_dialect.SystemName, "append", () => _writer.WriteAsync(new AppendChange(write, stop), stop));

    /// <inheritdoc/>
    public Task<bool> DeleteAsync(string sweep, CancellationToken stop) =>
        StoreTelemetry.WatchAsync(_dialect.SystemName, "delete", () => _writer.WriteAsync(new DeleteChange(sweep, stop), stop));

    /// <inheritdoc/>
    public Task<StoredSweep?> ReadEventsAsync(string sweep, CancellationToken stop) =>
        ReadAsync(transaction => _reader.ReadEventsAsync(transaction, sweep, stop), stop);

    /// <inheritdoc/>
    public Task<ImmutableArray<StoredEvent>> ReadEventsOfAsync(string sweep, IReadOnlyList<string> kinds, CancellationToken stop) =>
        ReadAsync(transaction => _reader.ReadEventsOfAsync(transaction, sweep, kinds, stop), stop);

    /// <inheritdoc/>
    public Task<ImmutableArray<SweepSummary>> ListAsync(CancellationToken stop) =>
        ReadAsync(transaction => _reader.ListAsync(transaction, stop), stop);

    /// <inheritdoc/>
    public Task<SweepResults?> ReadResultsAsync(string sweep, CancellationToken stop) =>
        ReadAsync(transaction => _reader.ReadResultsAsync(transaction, sweep, stop), stop);

    /// <inheritdoc/>
    public Task<JobCurves?> ReadCurvesAsync(JobKey job, CancellationToken stop) =>
        ReadAsync(transaction => SweepReader.ReadCurvesAsync(transaction, job, stop), stop);

    /// <inheritdoc/>
    public Task<(int Cell, ImmutableArray<AttemptRecord> Attempts)> ReadAttemptsAsync(JobKey job, CancellationToken stop) =>
        ReadAsync(transaction => _reader.ReadAttemptsAsync(transaction, job, stop), stop);

    /// <inheritdoc/>
    public Task<ImmutableArray<EndedJob>> FindEndedAsync(JobKind kind, string fingerprint, CancellationToken stop) =>
        ReadAsync(transaction => SweepReader.FindEndedAsync(transaction, kind, fingerprint, stop), stop);

    /// <inheritdoc/>
    public Task<ImmutableArray<string>> FindKnownAsync(JobKind kind, IReadOnlyCollection<string> fingerprints, CancellationToken stop) =>
        ReadAsync(transaction => _reader.FindKnownAsync(transaction, kind, fingerprints, stop), stop);

    /// <inheritdoc/>
    public Task<ImmutableArray<MeasuredRun>> ReadRunsAsync(string model, string dataSet, int most, CancellationToken stop) =>
        ReadAsync(transaction => SweepReader.ReadRunsAsync(transaction, model, dataSet, most, stop), stop);

    /// <inheritdoc/>
    public Task RecordAsync(AuditEntry entry, CancellationToken stop) =>
        StoreTelemetry.WatchAsync(_dialect.SystemName, "audit", () => _writer.WriteAsync(new AuditChange(entry, stop), stop));

    /// <inheritdoc/>
    public Task<ImmutableArray<AuditEntry>> ReadAuditAsync(AuditQuery query, CancellationToken stop) => ReadAsync<ImmutableArray<AuditEntry>>(
        async transaction => [.. (await AuditRow.ReadAsync(transaction, _dialect, query, stop)).Select(row => row.ToEntry())], stop);

    /// <inheritdoc/>
    public Task<bool> AddTokenAsync(AccessToken token, string hash, CancellationToken stop) =>
        StoreTelemetry.WatchAsync(_dialect.SystemName, "token", () => _writer.WriteAsync(new AddTokenChange(token, hash, stop), stop));

    /// <inheritdoc/>
    public Task<bool> RevokeTokenAsync(string name, DateTimeOffset at, string by, CancellationToken stop) =>
        StoreTelemetry.WatchAsync(_dialect.SystemName, "token", () => _writer.WriteAsync(new RevokeTokenChange(name, at, by, stop), stop));

    /// <inheritdoc/>
    public Task<AccessToken?> FindTokenAsync(string hash, CancellationToken stop) => FindTokenAsync("WHERE hash = @hash", new { hash }, stop);

    /// <inheritdoc/>
    public Task<AccessToken?> FindTokenAsync(Guid id, CancellationToken stop) => FindTokenAsync("WHERE id = @id", new { id = id.ToString() }, stop);

    /// <inheritdoc/>
    public Task<ImmutableArray<AccessToken>> ListTokensAsync(CancellationToken stop) => ReadAsync<ImmutableArray<AccessToken>>(
        async transaction => [.. (await TokenRow.ReadAsync(transaction, _dialect, "", null, stop)).Select(row => row.ToToken())], stop);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        await _dialect.DisposeAsync();
    }

    private Task<AccessToken?> FindTokenAsync(string where, object values, CancellationToken stop) => ReadAsync(
        async transaction => (await TokenRow.ReadAsync(transaction, _dialect, where, values, stop)).FirstOrDefault()?.ToToken(), stop);

    private async Task<bool> MigrateAsync(CancellationToken stop)
    {
        _dialect.Prepare();
        await using DbConnection connection = await _dialect.ConnectForWritingAsync(stop);
        await new SchemaMigrator(_dialect, History, _clock).MigrateAsync(connection, stop);
        return true;
    }

    /// <summary>Reads within one transaction, away from the caller's thread: SQLite's driver has no waiting that is not blocking.</summary>
    private Task<T> ReadAsync<T>(Func<DbTransaction, Task<T>> read, CancellationToken stop) =>
        StoreTelemetry.WatchAsync(
            _dialect.SystemName, StoreTelemetry.Read, () => Task.Run(() => _retry.RunAsync(() => ReadOnceAsync(read, stop), _options.RetryFor, stop), stop));

    private async Task<T> ReadOnceAsync<T>(Func<DbTransaction, Task<T>> read, CancellationToken stop)
    {
        try
        {
            await using DbConnection connection = await _dialect.ConnectForReadingAsync(stop);
            await using DbTransaction transaction = await _dialect.BeginReadingAsync(connection, stop);
            return await read(transaction);
        }
        catch (Exception problem) when (problem is JsonException or FormatException or InvalidDataException)
        {
            throw new StoreUnavailableException(
                $"{Description} holds something that this program cannot read ({problem.Message}). It was changed by hand or by another version of Sweeper.", problem);
        }
    }
}
