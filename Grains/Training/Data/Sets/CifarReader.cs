using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using Sweeper.Training.Data.Formats;

namespace Sweeper.Training.Data.Sets;

/// <summary>A binary CIFAR set, as a folder of <c>.bin</c> files or as the tar.gz that holds them, read without unpacking it.</summary>
/// <param name="layout">What the files look like.</param>
/// <param name="archives">Names that the archive may have; the first is the official one.</param>
/// <param name="folder">Name of the folder inside the archive.</param>
/// <param name="classes">Names of the classes.</param>
/// <param name="copies">Known copies that are not the official one: SHA-256 of the test file, and what to say of it.</param>
internal sealed class CifarReader(
    CifarLayout layout,
    IReadOnlyList<string> archives,
    string folder,
    IReadOnlyList<string> classes,
    IReadOnlyDictionary<string, string> copies) : DataSetReader
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Expected { get; } = [archives[0]];

    /// <inheritdoc/>
    public override FoundSet? Find(string place, DataOptions options)
    {
        foreach (string candidate in (string[])[place, Path.Combine(place, folder)])
        {
            string[] files = [.. layout.Files.Select(name => Path.Combine(candidate, name))];
            if (files.All(File.Exists))
            {
                return new FoundSet(candidate, files, context => ReadFolder(candidate, context));
            }
        }

        string[] archived = [place, .. archives.Select(name => Path.Combine(place, name))];
        return archived.FirstOrDefault(File.Exists) is { } archive
            ? new FoundSet(archive, [archive], context => ReadArchive(archive, context))
            : null;
    }

    private RawImages ReadFolder(string path, ReadContext context)
    {
        Assembly images = new(layout);
        foreach (string name in layout.Files)
        {
            context.Report(DataActivity.Reading, name, images.Done.Count, layout.Files.Count);
            DataFile file = DataFile.On(Path.Combine(path, name), context.Set);
            using Stream stream = file.Open();
            ReadMember(file, stream, name, images);
        }

        return images.Join(path, classes);
    }

    private RawImages ReadArchive(string path, ReadContext context)
    {
        DataFile archive = DataFile.On(path, context.Set);
        Assembly images = new(layout);
        try
        {
            using FileStream stored = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            using GZipStream unpacked = new(stored, CompressionMode.Decompress);
            using TarReader tar = new(unpacked);
            while (images.Done.Count < layout.Files.Count && tar.GetNextEntry() is { } entry)
            {
                string name = Path.GetFileName(entry.Name);
                if (!layout.Files.Contains(name) || entry.DataStream is not { } content)
                {
                    continue;
                }

                context.Report(DataActivity.Reading, name, images.Done.Count, layout.Files.Count);
                ReadMember(archive with { Name = $"{path} ({entry.Name})" }, content, name, images);
            }
        }
        catch (EndOfStreamException failure)
        {
            throw archive.Unreadable(new InvalidDataException("the archive ends early", failure));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw archive.Unreadable(failure);
        }

        string[] missing = [.. layout.Files.Except(images.Done)];
        return missing.Length == 0
            ? images.Join(path, classes)
            : throw archive.Bad($"the archive lacks {string.Join(", ", missing)}");
    }

    private void ReadMember(DataFile file, Stream stream, string name, Assembly images)
    {
        (Memory<byte> pixels, Memory<int> labels) = images.PlaceOf(name);
        // A record is read in two small pieces, better not each from the unpacker.
        using BufferedStream buffered = new(stream, 1 << 16);
        if (name != layout.TestFile || copies.Count == 0)
        {
            CifarFile.Read(file, buffered, layout, classes.Count, pixels.Span, labels.Span);
        }
        else
        {
            using SHA256 sha = SHA256.Create();
            using CryptoStream hashed = new(buffered, sha, CryptoStreamMode.Read);
            CifarFile.Read(file, hashed, layout, classes.Count, pixels.Span, labels.Span);
            images.Note = copies.GetValueOrDefault(Convert.ToHexStringLower(sha.Hash!)); // set: the stream was read to its end
        }

        images.Done.Add(name);
    }

    /// <summary>The set in the making: every file has its place in arrays of the final size.</summary>
    private sealed class Assembly(CifarLayout layout)
    {
        private readonly RawPart _train = Empty(layout.TrainFiles.Count * layout.TrainRecords);
        private readonly RawPart _test = Empty(layout.TestRecords);

        /// <summary>Files read so far.</summary>
        public HashSet<string> Done { get; } = [];

        /// <summary>What is to be said of the copy; null: nothing.</summary>
        public string? Note { get; set; }

        public (Memory<byte> Pixels, Memory<int> Labels) PlaceOf(string name)
        {
            if (name == layout.TestFile)
            {
                return (_test.Pixels, _test.Labels);
            }

            int first = layout.TrainFiles.Index().First(file => file.Item == name).Index * layout.TrainRecords;
            int area = CifarLayout.Shape.Values;
            return (_train.Pixels.AsMemory(first * area, layout.TrainRecords * area), _train.Labels.AsMemory(first, layout.TrainRecords));
        }

        public RawImages Join(string origin, IReadOnlyList<string> classes) =>
            new(CifarLayout.Shape, classes, _train, _test, Note is null ? origin : $"{origin} ({Note})");

        private static RawPart Empty(int count) => new(new byte[(long)count * CifarLayout.Shape.Values], new int[count]);
    }
}
