using Microsoft.Data.Sqlite;
using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store.Sqlite;

/// <summary>Writes rows one by one with a statement that is prepared once for each table: in-process, that is the fastest way.</summary>
/// <param name="transaction">Transaction to write in.</param>
internal sealed class SqliteRowBatch(SqliteTransaction transaction) : RowBatch
{
    private readonly List<Action<CancellationToken>> _writes = [];

    /// <inheritdoc/>
    public override void Add<TRow>(Table<TRow> table, IReadOnlyList<TRow> rows)
    {
        if (rows.Count > 0)
        {
            _writes.Add(stop => Write(table, rows, stop));
        }
    }

    /// <inheritdoc/>
    public override Task WriteAsync(CancellationToken stop)
    {
        foreach (Action<CancellationToken> write in _writes)
        {
            write(stop);
        }

        return Task.CompletedTask;
    }

    private void Write<TRow>(Table<TRow> table, IReadOnlyList<TRow> rows, CancellationToken stop)
    {
        using SqliteCommand command = transaction.Connection!.CreateCommand(); // Null only after the transaction has ended.
        command.Transaction = transaction;
        command.CommandText = $"{table.Insert} VALUES ({string.Join(", ", table.Columns.Select(column => "@" + column.Name))}){table.OnConflict}";
        SqliteParameter[] parameters = [.. table.Columns.Select(column => command.Parameters.Add("@" + column.Name, TypeOf(column.Type)))];
        foreach (TRow row in rows)
        {
            stop.ThrowIfCancellationRequested();
            for (int i = 0; i < parameters.Length; i++)
            {
                parameters[i].Value = table.Columns[i].ValueOf(row) ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }

    private static SqliteType TypeOf(ColumnType type) => type switch
    {
        ColumnType.Text or ColumnType.Time or ColumnType.Json => SqliteType.Text,
        ColumnType.Integer => SqliteType.Integer,
        ColumnType.Real => SqliteType.Real,
        ColumnType.Bytes => SqliteType.Blob,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
