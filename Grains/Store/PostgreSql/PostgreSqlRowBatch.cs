using Npgsql;
using NpgsqlTypes;
using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store.PostgreSql;

/// <summary>Sends the rows of all tables in one round trip, each column as an array.</summary>
/// <param name="transaction">Transaction to write in.</param>
/// <param name="dialect">Names types.</param>
internal sealed class PostgreSqlRowBatch(NpgsqlTransaction transaction, PostgreSqlDialect dialect) : RowBatch
{
    private readonly List<NpgsqlBatchCommand> _commands = [];

    /// <inheritdoc/>
    public override void Add<TRow>(Table<TRow> table, IReadOnlyList<TRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        string values = string.Join(", ", table.Columns.Select(column => dialect.Value(column.Name, column.Type)));
        string arrays = string.Join(", ", table.Columns.Select((_, index) => $"${index + 1}"));
        string names = string.Join(", ", table.Columns.Select(column => column.Name));
        var command = new NpgsqlBatchCommand($"{table.Insert} SELECT {values} FROM unnest({arrays}) AS rows ({names}){table.OnConflict}");
        foreach (Column<TRow> column in table.Columns)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = column.ValuesOf(rows), NpgsqlDbType = NpgsqlDbType.Array | TypeOf(column.Type) });
        }

        _commands.Add(command);
    }

    /// <inheritdoc/>
    public override async Task WriteAsync(CancellationToken stop)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (NpgsqlBatchCommand command in _commands)
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(stop);
    }

    private static NpgsqlDbType TypeOf(ColumnType type) => type switch
    {
        ColumnType.Text or ColumnType.Time or ColumnType.Json => NpgsqlDbType.Text,
        ColumnType.Integer => NpgsqlDbType.Bigint,
        ColumnType.Real => NpgsqlDbType.Double,
        ColumnType.Bytes => NpgsqlDbType.Bytea,
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
