using System.Text.Json;

namespace Sweeper.Contracts.Exporting;

/// <summary>Tables as JSON: an array of objects, null where there is no value.</summary>
public static class JsonTableWriter
{
    /// <summary>Writes it.</summary>
    public static async Task WriteAsync(ExportTable table, Stream stream)
    {
        await using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        writer.WriteStartArray();
        for (int row = 0; row < table.Rows; row++)
        {
            writer.WriteStartObject();
            foreach (ExportColumn column in table.Columns)
            {
                writer.WritePropertyName(column.Name);
                Write(writer, column.At(row));
            }

            writer.WriteEndObject();
            await writer.FlushAsync();
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case long whole:
                writer.WriteNumberValue(whole);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case DateTime moment:
                writer.WriteStringValue(moment);
                break;
            default:
                writer.WriteStringValue((string)value);
                break;
        }
    }
}
