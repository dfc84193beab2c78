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
        Dictionary<string, RawPart> parts = [];
        string? note = null;
        foreach (string name in layout.Files)
        {
            context.Report(DataActivity.Reading, name, parts.Count, layout.Files.Count);
            DataFile file = DataFile.On(Path.Combine(path, name), context.Set);
            using Stream stream = file.Open();
            parts[name] = ReadMember(file, stream, name, ref note);
        }

        return Join(path, parts, note);
    }

    private RawImages ReadArchive(string path, ReadContext context)
    {
        DataFile archive = DataFile.On(path, context.Set);
        Dictionary<string, RawPart> parts = [];
        string? note = null;
        try
        {
            using FileStream stored = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            using GZipStream unpacked = new(stored, CompressionMode.Decompress);
            using TarReader tar = new(unpacked);
            while (parts.Count < layout.Files.Count && tar.GetNextEntry() is { } entry)
            {
                string name = Path.GetFileName(entry.Name);
                if (!layout.Files.Contains(name) || entry.DataStream is not { } content)
                {
                    continue;
                }

                context.Report(DataActivity.Reading, name, parts.Count, layout.Files.Count);
                parts[name] = ReadMember(archive with { Name = $"{path} ({entry.Name})" }, content, name, ref note);
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

        string[] missing = [.. layout.Files.Where(name => !parts.ContainsKey(name))];
        return missing.Length == 0
            ? Join(path, parts, note)
            : throw archive.Bad($"the archive lacks {string.Join(", ", missing)}");
    }

    private RawPart ReadMember(DataFile file, Stream stream, string name, ref string? note)
    {
        if (name != layout.TestFile || copies.Count == 0)
        {
            return CifarFile.Read(file, stream, layout, layout.RecordsOf(name), classes.Count);
        }

        using SHA256 sha = SHA256.Create();
        using CryptoStream hashed = new(stream, sha, CryptoStreamMode.Read);
        RawPart part = CifarFile.Read(file, hashed, layout, layout.RecordsOf(name), classes.Count);
        note = copies.GetValueOrDefault(Convert.ToHexStringLower(sha.Hash!)); // set: the stream was read to its end
        return part;
    }

    private RawImages Join(string origin, Dictionary<string, RawPart> parts, string? note)
    {
        RawPart[] train = [.. layout.TrainFiles.Select(name => parts[name])];
        byte[] pixels = new byte[train.Sum(part => (long)part.Pixels.Length)];
        int start = 0;
        foreach (RawPart part in train)
        {
            part.Pixels.CopyTo(pixels, start);
            start += part.Pixels.Length;
        }

        return new RawImages(
            CifarLayout.Shape,
            classes,
            new RawPart(pixels, [.. train.SelectMany(part => part.Labels)]),
            parts[layout.TestFile],
            note is null ? origin : $"{origin} ({note})");
    }
}
