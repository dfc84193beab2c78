using System.IO.Compression;

namespace Sweeper.Training.Data.Formats;

/// <summary>Arrays by name: of an <c>.npz</c> archive (a zip of <c>.npy</c> files), or the <c>.npy</c> files of a folder.</summary>
internal sealed class NpzFile : IDisposable
{
    private const string Ending = ".npy";

    private readonly string _path;
    private readonly ZipArchive? _archive;

    private NpzFile(string path, ZipArchive? archive, IReadOnlyList<string> names)
    {
        _path = path;
        _archive = archive;
        Names = names;
    }

    /// <summary>Names of the arrays there, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Opens an archive, or a folder.</summary>
    /// <exception cref="DataSetException">It is no archive, or cannot be read.</exception>
    public static NpzFile Open(string path)
    {
        if (Directory.Exists(path))
        {
            return new NpzFile(path, null, Sorted(Directory.EnumerateFiles(path, "*" + Ending).Select(file => Path.GetFileName(file)!)));
        }

        try
        {
            ZipArchive archive = ZipFile.OpenRead(path);
            return new NpzFile(path, archive, Sorted(archive.Entries.Select(entry => entry.FullName).Where(name => name.EndsWith(Ending, StringComparison.Ordinal))));
        }
        catch (InvalidDataException failure)
        {
            throw new DataSetException($"{path}: this is no .npz archive, or one that is damaged or cut off ({failure.Message}). Write it again with numpy.savez.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException($"{path}: cannot be read ({failure.Message}). Check the file and its permissions.", failure);
        }
    }

    /// <summary>One array, whole and checked.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public NpyArray Read(string name)
    {
        DataFile file = new($"{_path}: {name}", () => throw new NotSupportedException(), "Write it again with numpy.savez.");
        try
        {
            if (_archive?.GetEntry(name + Ending) is not { } entry)
            {
                using FileStream stored = File.OpenRead(Path.Combine(_path, name + Ending));
                return NpyFile.Read(file, stored);
            }

            using CheckedStream packed = new(entry.Open());
            NpyArray array = NpyFile.Read(file, packed);
            return packed.Checksum == entry.Crc32
                ? array
                : throw file.Bad("the archive is damaged: the checksum of this array is not the one that is stored with it");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw file.Unreadable(failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archive?.Dispose();

    private static string[] Sorted(IEnumerable<string> files) => [.. files.Select(file => file[..^Ending.Length]).Order(StringComparer.Ordinal)];
}
