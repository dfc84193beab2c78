using System.Formats.Tar;
using System.IO.Compression;
using Sweeper.Training.Data;
using Sweeper.Training.Data.Formats;
using Sweeper.Training.Data.Sets;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Sets;

public sealed class CifarReaderTests
{
    private const string Inside = "cifar-batches";
    private const string Archive = "cifar.tar.gz";

    // Two training files of three records and a test file of two, ten classes, two label bytes as in CIFAR-100.
    private static readonly CifarLayout Layout = new(["a.bin", "b.bin"], "t.bin", 2, 3, 2);
    private static readonly CifarReader Reader = new(Layout, [Archive], Inside, ClassNames.Digits, new Dictionary<string, string>());

    [Fact]
    public void Read_Folder_GivesRecordsInOrder()
    {
        using TempFolder folder = new();
        WriteFolder(folder);

        RawImages raw = Read(folder.Path);

        Assert.Equal([1, 2, 3, 4, 5, 6], raw.Train.Labels);
        Assert.Equal([7, 8], raw.Test.Labels);
        Assert.Equal(Record(4)[2..], raw.Train.Pixels[(3 * 3072)..(4 * 3072)]);
    }

    [Fact]
    public void Read_Archive_GivesTheSameAsTheFolder()
    {
        using TempFolder folder = new();
        using TempFolder packed = new();
        WriteFolder(folder);
        packed.Write(Archive, Pack(Files()));

        Assert.Equal(Read(folder.Path).Hash(), Read(packed.Path).Hash());
        Assert.Equal(Read(folder.Path).Hash(), Read(Path.Combine(packed.Path, Archive)).Hash());
    }

    [Fact]
    public void Read_ArchiveInAnotherOrder_GivesTheSame()
    {
        using TempFolder folder = new();
        using TempFolder packed = new();
        WriteFolder(folder);
        packed.Write(Archive, Pack(Files().Reverse()));

        Assert.Equal(Read(folder.Path).Hash(), Read(packed.Path).Hash());
    }

    [Fact]
    public void Read_ShortFile_NamesRecordAndOffset() =>
        Complains("a.bin", content => content[..^1], "at byte 9221: the file ends after 2 of 3 records");

    [Fact]
    public void Read_LongFile_Complains() =>
        Complains("t.bin", content => [.. content, 0], "at byte 6148: the file goes on");

    [Fact]
    public void Read_LabelOutOfRange_NamesRecordAndOffset() =>
        Complains("b.bin", content => Changed(content, 3074 + 1, 10), "at byte 3075: label 10 of record 1; classes are 0 to 9");

    [Fact]
    public void Read_ArchiveCutOff_Complains()
    {
        using TempFolder folder = new();
        byte[] whole = Pack(Files());
        for (int length = 0; length < whole.Length - 30; length += 211)
        {
            folder.Write(Archive, whole[..length]);

            DataSetException thrown = Assert.Throws<DataSetException>(() => Read(folder.Path));

            Assert.Contains(Archive, thrown.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_ArchiveThatLacksAFile_NamesIt()
    {
        using TempFolder folder = new();
        folder.Write(Archive, Pack(Files().Where(file => file.Name != "b.bin")));

        Assert.Contains("the archive lacks b.bin", Assert.Throws<DataSetException>(() => Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ArchiveThatIsNone_Complains()
    {
        using TempFolder folder = new();
        folder.Write(Archive, "not a tar file, and not gzip either"u8.ToArray());

        Assert.Contains("damaged or cut off", Assert.Throws<DataSetException>(() => Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_FolderNotWhole_IsNotTheSet()
    {
        using TempFolder folder = new();
        WriteFolder(folder);
        File.Delete(Path.Combine(folder.Path, Inside, "b.bin"));

        Assert.Null(Reader.Find(folder.Path, new DataOptions { Set = "cifar10" }));
    }

    [Fact]
    public void Load_SharedCifar10_HasItsNumbersAndSaysWhichCopyItIs()
    {
        DataLocations locations = SharedData.WithOrSkip("cifar10");

        using ImageData data = DataCatalog.Load(new DataOptions { Set = "cifar10" }, locations, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((50_000, 10_000), (data.TrainCount, data.TestCount));
        Assert.All(data.TrainTargets.GroupBy(label => label), group => Assert.Equal(5_000, group.Count()));
        // The values commonly quoted for CIFAR-10.
        Assert.Equal([0.491, 0.482, 0.447], data.Statistics.Mean.Select(mean => Math.Round(mean, 3)));
        Assert.Equal([0.247, 0.243, 0.262], data.Statistics.StandardDeviation.Select(deviation => Math.Round(deviation, 3)));
        // The official archive has another name.
        Assert.Equal(
            data.Origin.Contains("cifar-10-batches-bin.tar.gz", StringComparison.Ordinal),
            data.Origin.Contains("reconstructed copy", StringComparison.Ordinal));
    }

    private static void Complains(string name, Func<byte[], byte[]> damage, string complaint)
    {
        using TempFolder folder = new();
        using TempFolder packed = new();
        WriteFolder(folder);
        byte[] content = damage(Files().Single(file => file.Name == name).Content);
        folder.Write(Path.Combine(Inside, name), content);
        packed.Write(Archive, Pack(Files().Select(file => file.Name == name ? (name, content) : file)));

        Assert.Contains(complaint, Assert.Throws<DataSetException>(() => Read(folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains(complaint, Assert.Throws<DataSetException>(() => Read(packed.Path)).Message, StringComparison.Ordinal);
    }

    private static RawImages Read(string place)
    {
        FoundSet? found = Reader.Find(place, new DataOptions { Set = "cifar10" });
        Assert.NotNull(found);
        return found.Read(new ReadContext("cifar10", null, TestContext.Current.CancellationToken));
    }

    private static (string Name, byte[] Content)[] Files() =>
    [
        ("a.bin", [.. Record(1), .. Record(2), .. Record(3)]),
        ("b.bin", [.. Record(4), .. Record(5), .. Record(6)]),
        ("t.bin", [.. Record(7), .. Record(8)]),
    ];

    private static byte[] Record(byte label)
    {
        byte[] record = new byte[2 + 3072];
        new Random(label).NextBytes(record);
        record[1] = label;
        return record;
    }

    private static byte[] Changed(byte[] content, int at, byte value)
    {
        content[at] = value;
        return content;
    }

    private static void WriteFolder(TempFolder folder)
    {
        foreach ((string name, byte[] content) in Files())
        {
            folder.Write(Path.Combine(Inside, name), content);
        }
    }

    private static byte[] Pack(IEnumerable<(string Name, byte[] Content)> files)
    {
        using MemoryStream packed = new();
        using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        using (TarWriter tar = new(gzip, TarEntryFormat.Ustar))
        {
            foreach ((string name, byte[] content) in files)
            {
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{Inside}/{name}") { DataStream = new MemoryStream(content) });
            }
        }

        return packed.ToArray();
    }
}
