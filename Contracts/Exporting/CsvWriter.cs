using System.Globalization;
using System.Text;

namespace Sweeper.Contracts.Exporting;

/// <summary>Tables as CSV (RFC 4180): UTF-8, a header, an empty field where there is no value, numbers that read back exactly.</summary>
public static class CsvWriter
{
    /// <summary>Writes it.</summary>
    public static async Task WriteAsync(ExportTable table, Stream stream)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(',', table.Columns.Select(column => column.Name)));
        for (int row = 0; row < table.Rows; row++)
        {
            await writer.WriteLineAsync(string.Join(',', table.Columns.Select(column => Field(column.At(row)))));
        }
    }

    private static string Field(object? value) => value switch
    {
        null => "",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
        string text => Quoted(text),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // A spreadsheet runs what begins like a formula; evidence is the silo's words, but names are the user's.
    private static string Quoted(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@')
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
