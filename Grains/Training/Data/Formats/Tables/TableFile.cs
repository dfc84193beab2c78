using System.Globalization;

namespace Sweeper.Training.Data.Formats.Tables;

/// <summary>A table as read from a file, before anything is made of it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Unit">What a row is called in messages: <c>line</c> of a text file, <c>row</c> of another.</param>
/// <param name="Columns">Its columns, equally long, of different names.</param>
/// <param name="Places">Number of each row in the file, from 1; of a text file its line.</param>
internal sealed record TableFile(string Path, string Unit, IReadOnlyList<TableColumn> Columns, IReadOnlyList<int> Places)
{
    private static ReadOnlySpan<byte> ZipMagic => "PK\u0003\u0004"u8;

    /// <summary>Rows.</summary>
    public int Count => Places.Count;

    /// <summary>Reads a CSV or a Parquet file; which it is, its first bytes say.</summary>
    /// <exception cref="DataSetException">It is neither, or damaged; says what, where, and what would be right.</exception>
    public static TableFile Read(string path, ReadContext context)
    {
        return Read(path, () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan), context);
    }

    /// <summary>The same of a file that is somewhere else.</summary>
    /// <param name="name">What messages call it.</param>
    /// <param name="open">Opens it.</param>
    /// <param name="context">Whom to tell, and when to stop.</param>
    /// <exception cref="DataSetException">It is neither, or damaged; says what, where, and what would be right.</exception>
    public static TableFile Read(string name, Func<Stream> open, ReadContext context)
    {
        context.Report(DataActivity.Reading, System.IO.Path.GetFileName(name), 0, null);
        DataFile file = new(name, open, "Write it again as CSV or Parquet.");
        byte[] start = new byte[4];
        using (Stream stream = file.OpenAsStored())
        {
            start = start[..file.Read(stream, start)];
        }

        TableFile table = start.AsSpan() switch
        {
            [] => throw file.Bad("the file is empty; the first line names the columns, each further one is a row"),
            var bytes when bytes.SequenceEqual(ParquetFile.Magic) => ParquetFile.Read(file, context),
            [0x1F, 0x8B, ..] => throw file.Bad("this is a gzip file, which does not show when it is cut off; unpack it"),
            var bytes when bytes.SequenceEqual(ZipMagic) => throw file.Bad("this is a zip archive or an Excel workbook; save the sheet as CSV"),
            _ => CsvFile.Read(file, context),
        };
        return table.Count > 0 ? table : throw file.Bad("it names its columns but has no rows");
    }

    /// <summary>The column of a name; null where there is none.</summary>
    public TableColumn? Find(string column) => Columns.FirstOrDefault(candidate => candidate.Name == column);

    /// <summary>The error for a table that is not as it should be.</summary>
    /// <param name="what">What is wrong, where, and what would be right.</param>
    public DataSetException Bad(string what) => new($"{Path}: {what}.");

    /// <summary>Where a row stands, for messages: <c>line 17</c>.</summary>
    public string At(int row) => string.Create(CultureInfo.InvariantCulture, $"{Unit} {Places[row]}");

    /// <summary>Columns of the names in a header.</summary>
    /// <exception cref="DataSetException">A name is missing, or given twice.</exception>
    public static TableColumn[] ColumnsOf(DataFile file, IReadOnlyList<string> names)
    {
        int nameless = Enumerable.Range(0, names.Count).FirstOrDefault(place => string.IsNullOrWhiteSpace(names[place]), -1);
        if (nameless >= 0)
        {
            throw file.Bad($"column {nameless + 1} of {names.Count} has no name; the first line names every column");
        }

        string[] twice = [.. names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"'{group.Key}'")];
        return twice.Length == 0
            ? [.. names.Select(name => new TableColumn(name))]
            : throw file.Bad($"column {string.Join(", ", twice)} is there more than once; give every column a name of its own");
    }
}
