using System.Diagnostics;
using Parquet;
using Parquet.Schema;
using Sweeper.Contracts.Exporting;

namespace Sweeper.Client.Exporting;

/// <summary>Tables as Parquet: one row group, every column may be null.</summary>
internal static class ParquetTableWriter
{
    /// <summary>Writes it.</summary>
    public static async Task WriteAsync(ExportTable table, Stream stream)
    {
        DataField[] fields = [.. table.Columns.Select(FieldOf)];
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        for (int i = 0; i < fields.Length; i++)
        {
            await WriteAsync(group, fields[i], table.Columns[i]);
        }
    }

    private static DataField FieldOf(ExportColumn column) => column switch
    {
        ExportColumn.Text => new DataField<string>(column.Name),
        ExportColumn.Whole => new DataField<long?>(column.Name),
        ExportColumn.Number => new DataField<double?>(column.Name),
        ExportColumn.Moment => new DateTimeDataField(column.Name, DateTimeFormat.DateAndTime, isNullable: true),
        _ => throw new UnreachableException(),
    };

    private static Task WriteAsync(ParquetRowGroupWriter group, DataField field, ExportColumn column) => column switch
    {
        ExportColumn.Text text => group.WriteAsync(field, (IReadOnlyCollection<string>)[.. text.Values!]),
        ExportColumn.Whole whole => group.WriteAsync<long>(field, whole.Values.AsMemory()),
        ExportColumn.Number number => group.WriteAsync<double>(field, number.Values.AsMemory()),
        ExportColumn.Moment moment => group.WriteAsync<DateTime>(field, moment.Values.AsMemory()),
        _ => throw new UnreachableException(),
    };
}
