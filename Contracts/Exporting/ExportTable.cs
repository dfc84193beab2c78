using System.Collections.Immutable;

namespace Sweeper.Contracts.Exporting;

/// <summary>Rows and typed columns, on their way to a file.</summary>
/// <param name="Columns">Columns in order.</param>
/// <param name="Rows">Number of rows.</param>
public sealed record ExportTable(ImmutableArray<ExportColumn> Columns, int Rows)
{
    /// <summary>Builds a table column by column.</summary>
    /// <param name="rows">Items, one a row.</param>
    /// <param name="columns">Columns with how an item fills them.</param>
    public static ExportTable Of<T>(IReadOnlyList<T> rows, params IEnumerable<IColumnOf<T>> columns) =>
        new([.. columns.Select(column => column.Fill(rows))], rows.Count);
}

/// <summary>A column and its values. A closed family: text, whole numbers, numbers, moments.</summary>
/// <param name="Name">Name in the file.</param>
public abstract record ExportColumn(string Name)
{
    /// <summary>Value of a row as an object; null where there is none.</summary>
    public abstract object? At(int row);

    /// <summary>Text.</summary>
    public sealed record Text(string Name, ImmutableArray<string?> Values) : ExportColumn(Name)
    {
        /// <inheritdoc/>
        public override object? At(int row) => Values[row];
    }

    /// <summary>Whole numbers.</summary>
    public sealed record Whole(string Name, ImmutableArray<long?> Values) : ExportColumn(Name)
    {
        /// <inheritdoc/>
        public override object? At(int row) => Values[row];
    }

    /// <summary>Numbers; one that is not finite counts as none.</summary>
    public sealed record Number(string Name, ImmutableArray<double?> Values) : ExportColumn(Name)
    {
        /// <inheritdoc/>
        public override object? At(int row) => Values[row];
    }

    /// <summary>Moments, UTC.</summary>
    public sealed record Moment(string Name, ImmutableArray<DateTime?> Values) : ExportColumn(Name)
    {
        /// <inheritdoc/>
        public override object? At(int row) => Values[row];
    }
}

/// <summary>A column that knows how an item fills it.</summary>
/// <typeparam name="T">Item of a row.</typeparam>
public interface IColumnOf<in T>
{
    /// <summary>The column with its values.</summary>
    ExportColumn Fill(IReadOnlyList<T> rows);
}

/// <summary>Text out of an item.</summary>
public sealed record TextOf<T>(string Name, Func<T, string?> Value) : IColumnOf<T>
{
    /// <inheritdoc/>
    public ExportColumn Fill(IReadOnlyList<T> rows) => new ExportColumn.Text(Name, [.. rows.Select(Value)]);
}

/// <summary>A whole number out of an item.</summary>
public sealed record WholeOf<T>(string Name, Func<T, long?> Value) : IColumnOf<T>
{
    /// <inheritdoc/>
    public ExportColumn Fill(IReadOnlyList<T> rows) => new ExportColumn.Whole(Name, [.. rows.Select(Value)]);
}

/// <summary>A number out of an item.</summary>
public sealed record NumberOf<T>(string Name, Func<T, double?> Value) : IColumnOf<T>
{
    /// <inheritdoc/>
    public ExportColumn Fill(IReadOnlyList<T> rows) =>
        new ExportColumn.Number(Name, [.. rows.Select(row => Value(row) is { } number && double.IsFinite(number) ? number : (double?)null)]);
}

/// <summary>A moment out of an item.</summary>
public sealed record MomentOf<T>(string Name, Func<T, DateTimeOffset?> Value) : IColumnOf<T>
{
    /// <inheritdoc/>
    public ExportColumn Fill(IReadOnlyList<T> rows) => new ExportColumn.Moment(Name, [.. rows.Select(row => Value(row)?.UtcDateTime)]);
}
