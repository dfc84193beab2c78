using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sweeper.Training.Running;

/// <summary>
/// Checkpoints on disk: magic, format version, length of the body, SHA-256 of the body, body. Written beside its place,
/// flushed to the disk, then renamed over the old one: a crash leaves the old file or the new one, never half a file.
/// </summary>
internal static class CheckpointFile
{
    private const int FormatVersion = 1;
    private const int MagicLength = 8;
    private const int HeaderLength = MagicLength + sizeof(int) + sizeof(long) + SHA256.HashSizeInBytes;
    private const string Remedy = "delete the file to start the run from its beginning";
    private static readonly byte[] Magic = Encoding.ASCII.GetBytes("SWEEPCKP");

    /// <summary>Writes a checkpoint.</summary>
    /// <exception cref="CheckpointException">The file system refuses; what stood at the place is untouched.</exception>
    public static void Write(string path, Checkpoint checkpoint)
    {
        ReadOnlySpan<byte> body = CheckpointCodec.Encode(checkpoint).Span;
        byte[] header = new byte[HeaderLength];
        Magic.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(MagicLength), FormatVersion);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(MagicLength + sizeof(int)), body.Length);
        SHA256.HashData(body, header.AsSpan(HeaderLength - SHA256.HashSizeInBytes));
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp"; // two attempts of a run may save it at once, on two machines
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                file.Write(header);
                file.Write(body);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw new CheckpointException($"cannot save the checkpoint {path}: {error.Message}", error);
        }
    }

    /// <summary>Reads and verifies a checkpoint; null where there is none.</summary>
    /// <exception cref="CheckpointException">The file cannot be read, or is no whole and unchanged checkpoint.</exception>
    public static Checkpoint? Read(string path)
    {
        byte[] bytes;
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"cannot read the checkpoint {path}: {error.Message}", error);
        }

        ReadOnlySpan<byte> header = bytes.AsSpan(0, Math.Min(bytes.Length, HeaderLength));
        if (header.Length < MagicLength || !header[..MagicLength].SequenceEqual(Magic))
        {
            throw Bad("it is no checkpoint");
        }

        if (header.Length < HeaderLength)
        {
            throw Bad("it is cut off");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(header[MagicLength..]);
        if (version != FormatVersion)
        {
            throw Bad($"its format is version {version}, this program reads version {FormatVersion}");
        }

        ReadOnlySpan<byte> body = bytes.AsSpan(HeaderLength);
        long length = BinaryPrimitives.ReadInt64LittleEndian(header[(MagicLength + sizeof(int))..]);
        if (body.Length != length)
        {
            throw Bad($"it holds {body.Length} of {length} bytes");
        }

        if (!SHA256.HashData(body).AsSpan().SequenceEqual(header[^SHA256.HashSizeInBytes..]))
        {
            throw Bad("its content has been changed since it was written");
        }

        try
        {
            return CheckpointCodec.Decode(bytes, HeaderLength);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ArgumentException or FormatException)
        {
            throw new CheckpointException($"the checkpoint {path} cannot be used: {error.Message}; {Remedy}", error);
        }

        CheckpointException Bad(string reason) => new($"the checkpoint {path} cannot be used: {reason}; {Remedy}");
    }

    /// <summary>The exception for a checkpoint of another run.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">How it differs.</param>
    public static CheckpointException Foreign(string path, string reason) =>
        new($"the checkpoint {path} is of another run: {reason}; {Remedy}");

    /// <summary>Deletes a checkpoint and what an interrupted write left beside it.</summary>
    /// <exception cref="CheckpointException">The file system refuses.</exception>
    public static void Delete(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
            if (Path.GetDirectoryName(full) is { } folder && Directory.Exists(folder))
            {
                File.Delete(full);
                foreach (string half in Directory.EnumerateFiles(folder, Path.GetFileName(full) + ".*.tmp"))
                {
                    File.Delete(half);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"cannot delete the checkpoint {path}: {error.Message}", error);
        }
    }

    /// <summary>Cleans up after a write that failed; what cannot be deleted either goes with the run's last.</summary>
    private static void TryDelete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The write's own failure is the one to tell of.
        }
    }
}
