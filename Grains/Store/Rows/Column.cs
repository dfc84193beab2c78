namespace Sweeper.Grains.Store.Rows;

/// <summary>A column and where its value comes from.</summary>
/// <typeparam name="TRow">What a row is made from.</typeparam>
/// <param name="name">Name in the database.</param>
/// <param name="type">Type.</param>
internal abstract class Column<TRow>(string name, ColumnType type)
{
    /// <summary>Name in the database.</summary>
    public string Name { get; } = name;

    /// <summary>Type.</summary>
    public ColumnType Type { get; } = type;

    /// <summary>Value of one row; null: NULL.</summary>
    public abstract object? ValueOf(TRow row);

    /// <summary>Values of many rows, as an array of the column's own type.</summary>
    public abstract Array ValuesOf(IReadOnlyList<TRow> rows);
}

/// <summary>A column of one value type.</summary>
/// <typeparam name="TRow">What a row is made from.</typeparam>
/// <typeparam name="TValue">Type of its values in memory.</typeparam>
/// <param name="name">Name in the database.</param>
/// <param name="type">Type.</param>
/// <param name="read">Takes the value from a row.</param>
internal sealed class Column<TRow, TValue>(string name, ColumnType type, Func<TRow, TValue> read) : Column<TRow>(name, type)
{
    /// <inheritdoc/>
    public override object? ValueOf(TRow row) => read(row);

    /// <inheritdoc/>
    public override Array ValuesOf(IReadOnlyList<TRow> rows)
    {
        var values = new TValue[rows.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = read(rows[i]);
        }

        return values;
    }
}
