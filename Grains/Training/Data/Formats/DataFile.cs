using System.IO.Compression;

namespace Sweeper.Training.Data.Formats;

/// <summary>A file of a data set: opens it, unpacked where it is gzip, and words what is wrong with it.</summary>
/// <param name="Name">What messages call it: a path, or a path and the member of an archive.</param>
/// <param name="Source">Opens the bytes as stored.</param>
/// <param name="Cure">What a user can do about a bad file.</param>
internal sealed record DataFile(string Name, Func<Stream> Source, string Cure)
{
    private const int BufferBytes = 1 << 16;

    /// <summary>A file on disk.</summary>
    /// <param name="path">Path.</param>
    /// <param name="set">Data set that it belongs to.</param>
    public static DataFile On(string path, string set) => new(
        path,
        () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan),
        $"Delete the file and fetch '{set}' again, or put a good copy there.");

    /// <summary>The content, gzip undone; whether it is gzip is told by its first two bytes, not by its name.</summary>
    public Stream Open() => Guard(() =>
    {
        Stream stored = Source();
        bool gzip = stored.ReadByte() == 0x1F && stored.ReadByte() == 0x8B;
        stored.Position = 0;
        return gzip ? new GZipStream(stored, CompressionMode.Decompress) : stored;
    });

    /// <summary>The content as it is stored.</summary>
    public Stream OpenAsStored() => Guard(Source);

    /// <summary>Fills <paramref name="buffer"/> as far as the stream goes; how many bytes that was.</summary>
    public int Read(Stream stream, Span<byte> buffer)
    {
        try
        {
            return stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw Unreadable(failure);
        }
    }

    /// <summary>The error for content that is not as it should be.</summary>
    /// <param name="offset">Where, in bytes of the unpacked content.</param>
    /// <param name="what">What is wrong.</param>
    public DataSetException Bad(long offset, string what) => new($"{Name}: at byte {offset}: {what}. {Cure}");

    /// <summary>The error for content that is wrong as a whole.</summary>
    public DataSetException Bad(string what) => new($"{Name}: {what}. {Cure}");

    /// <summary>The error for a file that cannot be read, or not be unpacked.</summary>
    public DataSetException Unreadable(Exception failure) => failure is InvalidDataException
        ? new DataSetException($"{Name}: the compressed data are damaged or cut off ({failure.Message}). {Cure}", failure)
        : new DataSetException($"{Name}: cannot be read ({failure.Message}). Check the file and its permissions.", failure);

    private Stream Guard(Func<Stream> open)
    {
        try
        {
            return open();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(failure);
        }
    }
}
