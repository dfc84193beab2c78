using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Sweeper.Training.Data.Formats.Tables;

/// <summary>
/// Text files of separated values: RFC 4180 with quotes, in UTF-8; the first line names the columns. Which of
/// comma, semicolon, tab and | separates them is what the first line has most of.
/// </summary>
internal static class CsvFile
{
    private const int LongestField = 1 << 16;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly char[] Separators = [',', ';', '\t', '|'];

    /// <summary>The whole file.</summary>
    public static TableFile Read(DataFile file, ReadContext context)
    {
        List<int> lines = [];
        try
        {
            char separator = SeparatorOf(file);
            using StreamReader text = new(file.OpenAsStored(), Strict);
            using CsvParser parser = new(text, Configuration(file, separator, lines));
            if (!parser.Read() || parser.Record is not { } header)
            {
                throw file.Bad("the file is empty; the first line names the columns, each further one is a row");
            }

            TableColumn[] columns = TableFile.ColumnsOf(file, [.. header.Select(name => name.Trim())]);
            if (columns.Length < 2)
            {
                throw file.Bad("the first line names one column, 2 are needed: the classes, and something to tell them by. Columns are separated by commas, semicolons, tabs or |");
            }

            while (parser.Read())
            {
                string[] cells = parser.Record ?? [];
                if (cells is [] || (cells is [var only] && string.IsNullOrWhiteSpace(only)))
                {
                    continue; // an empty line
                }

                Add(file, columns, cells, parser.RawRow);
                lines.Add(parser.RawRow);
                if (lines.Count % 10_000 == 0)
                {
                    context.Report(DataActivity.Reading, Path.GetFileName(file.Name), lines.Count, null);
                }
            }

            return new TableFile(file.Name, "line", columns, lines);
        }
        catch (DecoderFallbackException failure)
        {
            throw new DataSetException($"{file.Name}: {After(lines)}: this is no text in UTF-8 ({failure.Message}). Save it as UTF-8.", failure);
        }
        catch (MaxFieldSizeException failure)
        {
            throw new DataSetException($"{file.Name}: {After(lines)}: a cell has more than {LongestField} characters; is a quote left open?", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw file.Unreadable(failure);
        }
    }

    private static void Add(DataFile file, TableColumn[] columns, string[] cells, int line)
    {
        if (cells.Length != columns.Length)
        {
            throw file.Bad($"line {line}: it has {cells.Length} cells, the first line names {columns.Length} columns; quote cells that hold the separator");
        }

        for (int i = 0; i < cells.Length; i++)
        {
            columns[i].Add(cells[i]);
        }
    }

    private static CsvConfiguration Configuration(DataFile file, char separator, List<int> lines) => new(CultureInfo.InvariantCulture)
    {
        Delimiter = separator.ToString(),
        IgnoreBlankLines = false, // they count as lines
        MaxFieldSize = LongestField,
        BadDataFound = found => throw file.Bad($"{After(lines)}: a quote stands where none may, or is left open: {Short(found.Field)}. Put quotes around the whole cell and double those inside"),
    };

    private static char SeparatorOf(DataFile file)
    {
        using StreamReader text = new(file.OpenAsStored(), Strict);
        int[] counts = new int[Separators.Length];
        bool quoted = false;
        foreach (char character in text.ReadLine() ?? "")
        {
            quoted ^= character == '"';
            int which = quoted ? -1 : Array.IndexOf(Separators, character);
            if (which >= 0)
            {
                counts[which]++;
            }
        }

        return Separators[Array.IndexOf(counts, counts.Max())];
    }

    private static string After(List<int> lines) => string.Create(CultureInfo.InvariantCulture, $"after line {(lines.Count == 0 ? 1 : lines[^1])}");

    private static string Short(string field) => field.Length <= 40 ? field.TrimEnd() : field[..40].TrimEnd() + "...";
}
