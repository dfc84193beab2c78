using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store.Sqlite;

/// <summary>SQLite: one file, write-ahead log, every commit synced to the disk.</summary>
internal sealed class SqliteDialect : StoreDialect
{
    /// <summary>Marks the file as Sweeper's: "SWPR" in ASCII.</summary>
    private const int ApplicationId = 0x53575052;

    private readonly StoreOptions.Sqlite _options;
    private readonly string _path;
    private readonly string _connectionString;

    /// <summary>Creates it; nothing is touched yet.</summary>
    /// <param name="options">Which file.</param>
    public SqliteDialect(StoreOptions.Sqlite options)
    {
        _options = options;
        _path = Path.GetFullPath(options.Path);
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            ForeignKeys = true,
            DefaultTimeout = BusySeconds,
        }.ToString();
    }

    /// <inheritdoc/>
    public override string Description => $"SQLite file '{_path}'";

    /// <inheritdoc/>
    public override string SystemName => "sqlite";

    /// <inheritdoc/>
    public override string CountVersionTables => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_version'";

    private int BusySeconds => Math.Max(1, (int)Math.Ceiling(_options.RetryFor.TotalSeconds));

    /// <inheritdoc/>
    public override void Prepare()
    {
        if (Path.GetDirectoryName(_path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }
    }

    /// <inheritdoc/>
    public override Task<DbConnection> ConnectForReadingAsync(CancellationToken stop) => ConnectAsync("", stop);

    /// <inheritdoc/>
    public override async Task<DbConnection> ConnectForWritingAsync(CancellationToken stop)
    {
        // FULL syncs the log at every commit: what was answered survives a power cut. The limit lets the log shrink again
        // after a large write.
        DbConnection connection = await ConnectAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;", stop);
        if (_options.MaxPages is { } pages)
        {
            await connection.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));
        }

        return connection;
    }

    /// <inheritdoc/>
    public override Task<DbTransaction> BeginReadingAsync(DbConnection connection, CancellationToken stop) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: true));

    /// <inheritdoc/>
    public override Task<DbTransaction> BeginWritingAsync(DbConnection connection, CancellationToken stop) =>
        Task.FromResult<DbTransaction>(((SqliteConnection)connection).BeginTransaction(deferred: false));

    /// <inheritdoc/>
    public override async Task LockSchemaAsync(DbTransaction transaction, CancellationToken stop)
    {
        // A writing transaction is alone already. Left to do: keep away from the file of another program.
        DbConnection connection = transaction.Connection!; // Null only after the transaction has ended.
        long application = await connection.ExecuteScalarAsync<long>("PRAGMA application_id", transaction: transaction);
        long tables = await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sqlite_master", transaction: transaction);
        if (application != ApplicationId)
        {
            if (tables > 0)
            {
                throw new Contracts.Errors.StoreUnavailableException(
                    $"{Description} belongs to another program. Name another file; Sweeper creates it.");
            }

            await connection.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"), transaction: transaction);
        }
    }

    /// <inheritdoc/>
    public override string NameOf(ColumnType type) => type switch
    {
        ColumnType.Text or ColumnType.Time or ColumnType.Json => "TEXT",
        ColumnType.Integer => "INTEGER",
        ColumnType.Real => "REAL",
        ColumnType.Bytes => "BLOB",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <inheritdoc/>
    public override string Value(string parameter, ColumnType type) => parameter;

    /// <inheritdoc/>
    public override string TimeText(string column) => column;

    /// <inheritdoc/>
    public override string IsOneOf(string column, string parameter) => $"{column} IN {parameter}"; // which Dapper writes out

    /// <inheritdoc/>
    public override RowBatch NewBatch(DbTransaction transaction) => new SqliteRowBatch((SqliteTransaction)transaction);

    /// <inheritdoc/>
    public override StoreFault? Explain(Exception failure) => SqliteFaults.Explain(failure, _path);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    private async Task<DbConnection> ConnectAsync(string settings, CancellationToken stop)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(stop);
            await connection.ExecuteAsync(new CommandDefinition(
                string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {BusySeconds * 1000}; {settings}"), cancellationToken: stop));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
