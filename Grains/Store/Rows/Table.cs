namespace Sweeper.Grains.Store.Rows;

/// <summary>A table: its columns and the statement that writes a row.</summary>
/// <typeparam name="TRow">What a row is made from.</typeparam>
/// <param name="name">Name in the database.</param>
internal sealed class Table<TRow>(string name)
{
    private readonly List<Column<TRow>> _columns = [];
    private readonly List<string> _key = [];
    private string? _replaceWhere;
    private bool _replace;

    /// <summary>Columns in the order of the statement.</summary>
    public IReadOnlyList<Column<TRow>> Columns => _columns;

    /// <summary><c>INSERT INTO table (columns)</c>.</summary>
    public string Insert => $"INSERT INTO {name} ({string.Join(", ", _columns.Select(column => column.Name))})";

    /// <summary>What happens to a row whose key is already there: it is replaced, or nothing is said and the insert fails.</summary>
    public string OnConflict
    {
        get
        {
            if (!_replace)
            {
                return "";
            }

            var assignments = _columns.Where(column => !_key.Contains(column.Name)).Select(column => $"{column.Name} = excluded.{column.Name}");
            return $" ON CONFLICT ({string.Join(", ", _key)}) DO UPDATE SET {string.Join(", ", assignments)}{_replaceWhere}";
        }
    }

    /// <summary>Replaces a row whose key is already there.</summary>
    /// <param name="key">Columns of the primary key.</param>
    public Table<TRow> Replacing(params string[] key)
    {
        _replace = true;
        _key.AddRange(key);
        return this;
    }

    /// <summary>Replaces only where the new row's column is not less than the old one's.</summary>
    public Table<TRow> UnlessNewer(string column)
    {
        _replaceWhere = $" WHERE excluded.{column} >= {name}.{column}";
        return this;
    }

    /// <summary>Adds a text column.</summary>
    public Table<TRow> Text(string column, Func<TRow, string?> read) =>
        Add(new Column<TRow, string?>(column, ColumnType.Text, row => StoreText.Clean(read(row))));

    /// <summary>Adds a column of whole numbers.</summary>
    public Table<TRow> Integer(string column, Func<TRow, long?> read) =>
        Add(new Column<TRow, long?>(column, ColumnType.Integer, read));

    /// <summary>Adds a column of numbers. NaN becomes NULL: SQLite has none, and a comparison in SQL means to leave it out.</summary>
    public Table<TRow> Real(string column, Func<TRow, double?> read) =>
        Add(new Column<TRow, double?>(column, ColumnType.Real, row => read(row) is double value && !double.IsNaN(value) ? value : null));

    /// <summary>Adds a column of moments.</summary>
    public Table<TRow> Time(string column, Func<TRow, DateTimeOffset?> read) =>
        Add(new Column<TRow, string?>(column, ColumnType.Time, row => read(row) is { } time ? StoreTime.ToText(time) : null));

    /// <summary>Adds a JSON column.</summary>
    public Table<TRow> Json(string column, Func<TRow, string?> read) =>
        Add(new Column<TRow, string?>(column, ColumnType.Json, read));

    /// <summary>Adds a column of bytes.</summary>
    public Table<TRow> Bytes(string column, Func<TRow, byte[]> read) =>
        Add(new Column<TRow, byte[]>(column, ColumnType.Bytes, read));

    private Table<TRow> Add(Column<TRow> column)
    {
        _columns.Add(column);
        return this;
    }
}
