using System.Data.Common;
using Dapper;
using Sweeper.Contracts.Errors;
using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store.Schema;

/// <summary>Brings a store's schema to the version that this program knows.</summary>
/// <param name="dialect">Engine.</param>
/// <param name="history">Versions that this program knows, oldest first.</param>
/// <param name="clock">Time.</param>
internal sealed class SchemaMigrator(StoreDialect dialect, IReadOnlyList<SchemaVersion> history, TimeProvider clock)
{
    /// <summary>
    /// Applies the versions that are missing, all in one transaction. Of several processes that come at once, one does
    /// it and the others wait.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store's schema is newer than this program.</exception>
    public async Task MigrateAsync(DbConnection connection, CancellationToken stop)
    {
        await using DbTransaction transaction = await dialect.BeginWritingAsync(connection, stop);
        await dialect.LockSchemaAsync(transaction, stop);

        long found = await ReadVersionAsync(transaction, stop);
        int known = history[^1].Number;
        if (found > known)
        {
            throw new StoreUnavailableException(
                $"{dialect.Description} has schema version {found}; this program knows versions up to {known}. "
                + "Use the newer Sweeper that wrote it, or name another store.");
        }

        foreach (SchemaVersion version in history.Where(version => version.Number > found))
        {
            await ApplyAsync(version, transaction, stop);
        }

        await transaction.CommitAsync(stop);
    }

    private async Task<long> ReadVersionAsync(DbTransaction transaction, CancellationToken stop)
    {
        DbConnection connection = transaction.Connection!; // It is null only after the transaction has ended.
        long tables = await connection.ExecuteScalarAsync<long>(
            new CommandDefinition(dialect.CountVersionTables, transaction: transaction, cancellationToken: stop));
        return tables == 0
            ? 0
            : await connection.ExecuteScalarAsync<long>(
                new CommandDefinition("SELECT MAX(version) FROM schema_version", transaction: transaction, cancellationToken: stop));
    }

    private async Task ApplyAsync(SchemaVersion version, DbTransaction transaction, CancellationToken stop)
    {
        DbConnection connection = transaction.Connection!; // As above.
        await connection.ExecuteAsync(
            new CommandDefinition(version.ScriptFor(dialect), transaction: transaction, cancellationToken: stop));
        await connection.ExecuteAsync(new CommandDefinition(
            $"INSERT INTO schema_version (version, applied_at) VALUES (@Version, {dialect.Value("@AppliedAt", ColumnType.Time)})",
            new { Version = (long)version.Number, AppliedAt = StoreTime.ToText(clock.GetUtcNow()) },
            transaction,
            cancellationToken: stop));
    }
}
