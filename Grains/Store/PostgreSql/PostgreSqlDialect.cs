using System.Data.Common;
using Dapper;
using Npgsql;
using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store.PostgreSql;

/// <summary>PostgreSQL, version 12 or newer.</summary>
internal sealed class PostgreSqlDialect : StoreDialect
{
    private readonly PostgreSqlAddress _address;
    private readonly NpgsqlDataSource _source;

    /// <summary>Creates it; nothing is touched yet.</summary>
    /// <param name="options">Which database.</param>
    /// <exception cref="Contracts.Errors.StoreUnavailableException">The connection string cannot be read.</exception>
    public PostgreSqlDialect(StoreOptions.PostgreSql options)
    {
        _address = PostgreSqlAddress.Parse(options.ConnectionString);
        _source = NpgsqlDataSource.Create(options.Password is { } password
            ? new NpgsqlConnectionStringBuilder(_address.ConnectionString) { Password = password }.ToString()
            : _address.ConnectionString);
    }

    /// <inheritdoc/>
    public override string Description => _address.Description;

    /// <inheritdoc/>
    public override string SystemName => "postgresql";

    /// <inheritdoc/>
    public override string CountVersionTables => "SELECT COUNT(to_regclass('schema_version'))";

    /// <inheritdoc/>
    public override void Prepare()
    {
    }

    /// <inheritdoc/>
    public override async Task<DbConnection> ConnectForReadingAsync(CancellationToken stop) => await _source.OpenConnectionAsync(stop);

    /// <inheritdoc/>
    public override async Task<DbConnection> ConnectForWritingAsync(CancellationToken stop)
    {
        NpgsqlConnection connection = await _source.OpenConnectionAsync(stop);
        try
        {
            // A server may be set up to answer before it has written; what is answered here must last.
            await connection.ExecuteAsync(new CommandDefinition(
                "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'", cancellationToken: stop));
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public override async Task<DbTransaction> BeginReadingAsync(DbConnection connection, CancellationToken stop) =>
        await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);

    /// <inheritdoc/>
    public override async Task<DbTransaction> BeginWritingAsync(DbConnection connection, CancellationToken stop) =>
        await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, stop);

    /// <inheritdoc/>
    public override Task LockSchemaAsync(DbTransaction transaction, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition( // Null only after the transaction has ended.
            "SELECT pg_advisory_xact_lock(hashtextextended('sweeper schema ' || current_schema(), 0))",
            transaction: transaction,
            cancellationToken: stop));

    /// <inheritdoc/>
    public override string NameOf(ColumnType type) => type switch
    {
        ColumnType.Text => "text",
        ColumnType.Integer => "bigint",
        ColumnType.Real => "double precision",
        ColumnType.Time => "timestamptz",
        ColumnType.Json => "json", // Not jsonb: the text comes back as it was written, and costs less to write.
        ColumnType.Bytes => "bytea",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <inheritdoc/>
    public override string Value(string parameter, ColumnType type) => type switch
    {
        ColumnType.Time or ColumnType.Json => $"CAST({parameter} AS {NameOf(type)})",
        _ => parameter,
    };

    /// <inheritdoc/>
    public override string TimeText(string column) => $"to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";

    /// <inheritdoc/>
    public override string IsOneOf(string column, string parameter) => $"{column} = ANY({parameter})";

    /// <inheritdoc/>
    public override RowBatch NewBatch(DbTransaction transaction) => new PostgreSqlRowBatch((NpgsqlTransaction)transaction, this);

    /// <inheritdoc/>
    public override StoreFault? Explain(Exception failure) => PostgreSqlFaults.Explain(failure, _address);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source.DisposeAsync();
}
