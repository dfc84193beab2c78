using Parquet;
using Parquet.Schema;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Sets.Tables;

public sealed class ParquetTableTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public async Task Load_EveryPlainType_IsReadLikeTheSameTextAsCsv()
    {
        string parquet = await WriteAsync(groups: 2);
        string csv = _folder.Write("own.csv", """
            whole,number,flag,word,small,money,species
            1,0.5,True,red,7,1.25,a
            2,,False,,8,2.5,b
            3,-1.5,,blue,9,3.75,a
            1,0.5,True,red,7,1.25,a
            2,,False,,8,2.5,b
            3,-1.5,,blue,9,3.75,a
            """u8.ToArray());

        using ImageData fromParquet = Load(parquet, parquet);
        using ImageData fromCsv = Load(csv, csv);

        Assert.Equal(ImageShape.RowOf(8), fromParquet.Shape); // whole, number, false, true, blue, red, small, money
        Assert.Equal(fromCsv.ContentHash, fromParquet.ContentHash);
    }

    [Fact]
    public async Task Load_WhatIsNoPlainTable_IsRefused()
    {
        string dates = await WriteAsync(groups: 1, new DateTimeDataField("day", DateTimeFormat.DateAndTime), (group, field) =>
            group.WriteAsync<DateTime>(field, new[] { DateTime.UnixEpoch, DateTime.UnixEpoch, DateTime.UnixEpoch }.AsMemory()));
        Assert.Contains("column 'day' holds DateTime; write numbers, truth values or text", Complaint(dates), StringComparison.Ordinal);

        byte[] whole = await File.ReadAllBytesAsync(await WriteAsync(groups: 1), TestContext.Current.CancellationToken);
        Assert.Contains("the Parquet file is damaged", Complaint(_folder.Write("half.parquet", whole[..(whole.Length / 2)])), StringComparison.Ordinal);
        Assert.Contains("the Parquet file is damaged", Complaint(_folder.Write("word.parquet", "PAR1"u8.ToArray())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_AnyByteDamaged_IsReadOrRefusedInAMessage()
    {
        byte[] good = await File.ReadAllBytesAsync(await WriteAsync(groups: 1), TestContext.Current.CancellationToken);
        for (int i = 4; i < good.Length; i += i < good.Length - 60 ? 3 : 1)
        {
            byte[] bad = [.. good];
            bad[i] ^= 0x55;
            string path = _folder.Write("bad.parquet", bad);
            try
            {
                Load(path, path).Dispose();
            }
            catch (DataSetException refused)
            {
                Assert.StartsWith(path, refused.Message, StringComparison.Ordinal);
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static ImageData Load(string path, string? testPath = null) => DataCatalog.Load(
        new DataOptions { Set = "table", Path = path, Target = "species", TestPath = testPath },
        SharedData.Nowhere,
        cancellationToken: TestContext.Current.CancellationToken);

    private static string Complaint(string path) => Assert.Throws<DataSetException>(() => Load(path)).Message;

    private async Task<string> WriteAsync(int groups, DataField? further = null, Func<ParquetRowGroupWriter, DataField, Task>? write = null)
    {
        string path = Path.Combine(_folder.Path, $"own{groups}{further?.Name}.parquet");
        DataField[] fields =
        [
            new DataField<int>("whole"), new DataField<double?>("number"), new DataField<bool?>("flag"), new DataField<string>("word"),
            new DataField<short>("small"), new DecimalDataField("money", 10, 2), new DataField<string>("species"),
            new DataField<long>("__index_level_0__"),
        ];
        await using FileStream stream = File.Create(path);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. fields, .. further is null ? [] : (DataField[])[further]]), stream);
        for (int i = 0; i < groups; i++)
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<int>(fields[0], new[] { 1, 2, 3 }.AsMemory());
            await group.WriteAsync<double>(fields[1], new double?[] { 0.5, null, -1.5 }.AsMemory());
            await group.WriteAsync<bool>(fields[2], new bool?[] { true, false, null }.AsMemory());
            await group.WriteAsync(fields[3], (IReadOnlyCollection<string>)["red", null!, "blue"]);
            await group.WriteAsync<short>(fields[4], new short[] { 7, 8, 9 }.AsMemory());
            await group.WriteAsync<decimal>(fields[5], new[] { 1.25m, 2.5m, 3.75m }.AsMemory());
            await group.WriteAsync(fields[6], (IReadOnlyCollection<string>)["a", "b", "a"]);
            await group.WriteAsync<long>(fields[7], new long[] { 0, 1, 2 }.AsMemory());
            if (further is not null && write is not null)
            {
                await write(group, further);
            }
        }

        return path;
    }
}
