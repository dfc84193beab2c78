using System.Collections.Immutable;
using Sweeper.Training.Data.Formats.Tables;

namespace Sweeper.Training.Data.Sets.Tables;

/// <summary>How the rows of a table become features; everything in it was learned from the training rows.</summary>
/// <param name="TargetName">Column of what is predicted.</param>
/// <param name="Columns">How every other column becomes features, in the order of the table.</param>
/// <param name="Target">The number to predict; null: classes.</param>
internal sealed record TableEncoding(string TargetName, ImmutableArray<FeatureColumn> Columns, TargetScale? Target)
{
    /// <summary>Features of a row.</summary>
    public int Width => Columns.Sum(column => column.Width);

    /// <summary>What each column was taken for.</summary>
    public string Words
    {
        get
        {
            (string Kind, string[] Names)[] kinds =
            [
                ("numbers", [.. Columns.OfType<FeatureColumn.Numeric>().Select(column => column.Name)]),
                ("words", [.. Columns.OfType<FeatureColumn.Categories>().Select(column => FormattableString.Invariant($"{column.Name} ({column.Width} words)"))]),
            ];
            return string.Join("; ", kinds.Where(kind => kind.Names.Length > 0).Select(kind => $"{kind.Kind} in {NameList.Of(kind.Names)}"));
        }
    }

    /// <summary>Features of some rows, one row after another.</summary>
    /// <param name="table">A table with these columns; others are passed over.</param>
    /// <param name="rows">Rows.</param>
    /// <exception cref="DataSetException">A column is missing, or holds something else than it did.</exception>
    public float[] Encode(TableFile table, int[] rows)
    {
        string[] missing = [.. Columns.Where(column => table.Find(column.Name) is null).Select(column => $"'{column.Name}'")];
        if (missing.Length > 0)
        {
            throw table.Bad($"it lacks {(missing.Length == 1 ? "column" : "columns")} {NameList.Of(missing)}; every column of the training rows but '{TargetName}' is needed");
        }

        int width = Width;
        float[] features = new float[rows.Length * width];
        int start = 0;
        foreach (FeatureColumn column in Columns)
        {
            TableColumn cells = table.Find(column.Name)!; // found above
            if (column is FeatureColumn.Numeric && cells.FirstWord is var (place, text))
            {
                throw table.Bad($"{table.At(place)}: column '{column.Name}' holds '{text}', but numbers in the training rows; write a number, or leave the cell empty");
            }

            for (int i = 0; i < rows.Length; i++)
            {
                column.Write(cells, rows[i], features.AsSpan((i * width) + start, column.Width));
            }

            start += column.Width;
        }

        return features;
    }
}
