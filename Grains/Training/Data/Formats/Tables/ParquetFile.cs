using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;
using Parquet;
using Parquet.Schema;

namespace Sweeper.Training.Data.Formats.Tables;

/// <summary>Parquet files of flat columns: numbers, truth values, text. The index that pandas stores beside them is left out.</summary>
internal static partial class ParquetFile
{
    private const int MostDescription = 1 << 28;

    /// <summary>What a Parquet file begins and ends with.</summary>
    public static ReadOnlySpan<byte> Magic => "PAR1"u8;

    /// <summary>The whole file. Blocks: data are loaded on threads that may; the library reads on others.</summary>
    public static TableFile Read(DataFile file, ReadContext context)
    {
        try
        {
            return Task.Run(() => ReadAsync(file, context)).GetAwaiter().GetResult();
        }
        catch (Exception failure) when (failure is not (DataSetException or OperationCanceledException or OutOfMemoryException))
        {
            // Of damaged bytes the library throws whatever its decoders stumble over.
            throw new DataSetException($"{file.Name}: the Parquet file is damaged, or of a kind that is not read here ({failure.Message}). Write it again, or as CSV.", failure);
        }
    }

    private static async Task<TableFile> ReadAsync(DataFile file, ReadContext context)
    {
        await using Stream stream = file.OpenAsStored();
        CheckEnd(file, stream);
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream, new ParquetOptions(), leaveStreamOpen: true, context.Cancellation);
        DataField[] fields = [.. reader.Schema.GetDataFields().Where(field => !PandasIndex().IsMatch(field.Name))];
        if (fields.FirstOrDefault(field => field.IsArray || field.MaxRepetitionLevel > 0 || field.Path.Length > 1) is { } nested)
        {
            throw file.Bad($"column '{nested.Path}' holds lists or groups; write plain columns of numbers or text");
        }

        TableColumn[] columns = TableFile.ColumnsOf(file, [.. fields.Select(field => field.Name)]);
        if (columns.Length < 2)
        {
            throw file.Bad($"it has {columns.Length} columns, 2 are needed: the classes, and something to tell them by");
        }

        int rows = 0;
        for (int i = 0; i < reader.RowGroupCount; i++)
        {
            using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);
            if (fields.Any(field => group.GetMetadata(field)?.MetaData?.NumValues != group.RowCount))
            {
                throw file.Bad("the Parquet file is damaged: its columns are not as long as it says");
            }

            int count = checked((int)group.RowCount);
            rows = checked(rows + count);
            for (int column = 0; column < columns.Length; column++)
            {
                context.Report(DataActivity.Reading, Path.GetFileName(file.Name), (i * columns.Length) + column, reader.RowGroupCount * columns.Length);
                await AddAsync(file, group, fields[column], count, columns[column]);
            }
        }

        return new TableFile(file.Name, "row", columns, [.. Enumerable.Range(1, rows)]);
    }

    // A file that was cut off lacks its end, which describes it; the library goes on for ever on some that are damaged there.
    private static void CheckEnd(DataFile file, Stream stream)
    {
        byte[] end = new byte[sizeof(int) + Magic.Length];
        stream.Position = Math.Max(0, stream.Length - end.Length);
        int read = file.Read(stream, end);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(end);
        bool isEnd = read == end.Length && end.AsSpan(sizeof(int)).SequenceEqual(Magic) && length <= Math.Min(MostDescription, stream.Length - end.Length - Magic.Length);
        byte[] description = new byte[isEnd ? length : 0];
        stream.Position = isEnd ? stream.Length - end.Length - length : 0;
        file.Read(stream, description);
        if (!ThriftWalk.IsWhole(description))
        {
            throw file.Bad("the Parquet file is damaged or cut off: its end does not describe it");
        }

        stream.Position = 0;
    }

    private static Task AddAsync(DataFile file, ParquetRowGroupReader group, DataField field, int rows, TableColumn to) => Type.GetTypeCode(field.ClrType) switch
    {
        TypeCode.Boolean => NumbersAsync<bool>(group, field, rows, to),
        TypeCode.SByte => NumbersAsync<sbyte>(group, field, rows, to),
        TypeCode.Byte => NumbersAsync<byte>(group, field, rows, to),
        TypeCode.Int16 => NumbersAsync<short>(group, field, rows, to),
        TypeCode.UInt16 => NumbersAsync<ushort>(group, field, rows, to),
        TypeCode.Int32 => NumbersAsync<int>(group, field, rows, to),
        TypeCode.UInt32 => NumbersAsync<uint>(group, field, rows, to),
        TypeCode.Int64 => NumbersAsync<long>(group, field, rows, to),
        TypeCode.UInt64 => NumbersAsync<ulong>(group, field, rows, to),
        TypeCode.Single => NumbersAsync<float>(group, field, rows, to),
        TypeCode.Double => NumbersAsync<double>(group, field, rows, to),
        TypeCode.Decimal => NumbersAsync<decimal>(group, field, rows, to),
        _ when field.ClrType == typeof(ReadOnlyMemory<char>) || field.ClrType == typeof(string) => TextsAsync(group, field, rows, to),
        _ => throw file.Bad($"column '{field.Name}' holds {field.ClrType.Name}; write numbers, truth values or text, of a date for example its year and its month"),
    };

    private static async Task NumbersAsync<T>(ParquetRowGroupReader group, DataField field, int rows, TableColumn to)
        where T : struct
    {
        T?[] values = new T?[rows];
        if (field.IsNullable)
        {
            await group.ReadAsync<T>(field, values.AsMemory());
        }
        else
        {
            T[] present = new T[rows];
            await group.ReadAsync<T>(field, present.AsMemory());
            values = [.. present];
        }

        foreach (T? value in values)
        {
            to.Add(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
        }
    }

    private static async Task TextsAsync(ParquetRowGroupReader group, DataField field, int rows, TableColumn to)
    {
        string?[] values = new string?[rows];
        await group.ReadAsync(field, values.AsMemory()!);
        foreach (string? value in values)
        {
            to.Add(value ?? "");
        }
    }

    [GeneratedRegex(@"^__index_level_\d+__\z", RegexOptions.CultureInvariant)]
    private static partial Regex PandasIndex();
}
