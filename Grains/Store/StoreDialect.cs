using System.Data.Common;
using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store;

/// <summary>What differs between database engines. Everything else is SQL that both understand.</summary>
internal abstract class StoreDialect : IAsyncDisposable
{
    /// <summary>Where the store is, for a person, without secrets.</summary>
    public abstract string Description { get; }

    /// <summary>Answers how many tables named <c>schema_version</c> there are.</summary>
    public abstract string CountVersionTables { get; }

    /// <summary>Makes ready what must exist before the first connection, such as a folder.</summary>
    public abstract void Prepare();

    /// <summary>An open connection that reads.</summary>
    public abstract Task<DbConnection> ConnectForReadingAsync(CancellationToken stop);

    /// <summary>The system in OpenTelemetry's word.</summary>
    public abstract string SystemName { get; }

    /// <summary>An open connection whose commits survive a power cut.</summary>
    public abstract Task<DbConnection> ConnectForWritingAsync(CancellationToken stop);

    /// <summary>A transaction that sees one state of the store and keeps no writer waiting.</summary>
    public abstract Task<DbTransaction> BeginReadingAsync(DbConnection connection, CancellationToken stop);

    /// <summary>A transaction that writes.</summary>
    public abstract Task<DbTransaction> BeginWritingAsync(DbConnection connection, CancellationToken stop);

    /// <summary>Within a transaction, waits until no other process changes the schema, and keeps them out until it ends.</summary>
    public abstract Task LockSchemaAsync(DbTransaction transaction, CancellationToken stop);

    /// <summary>Name of a column type in a schema script.</summary>
    public abstract string NameOf(ColumnType type);

    /// <summary>A parameter, given as text, number or bytes, as a value of a column.</summary>
    public abstract string Value(string parameter, ColumnType type);

    /// <summary>A column of type <see cref="ColumnType.Time"/> as text of <see cref="StoreTime"/>.</summary>
    public abstract string TimeText(string column);

    /// <summary>Condition that a text column has one of the values of a parameter, which is an array of texts.</summary>
    public abstract string IsOneOf(string column, string parameter);

    /// <summary>Starts collecting rows to write.</summary>
    public abstract RowBatch NewBatch(DbTransaction transaction);

    /// <summary>What a failure means; null where the store is well and only the statement failed.</summary>
    public abstract StoreFault? Explain(Exception failure);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
