using System.Security.Cryptography;

namespace Sweeper.Training.Data.Downloads;

/// <summary>Checksums of files, in one pass.</summary>
internal static class FileChecksum
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>MD5 and SHA-256 of a file on disk, hexadecimal, lower case.</summary>
    /// <param name="path">File.</param>
    /// <param name="context">Told how far it has come.</param>
    public static (string Md5, string Sha256, long Bytes) Of(string path, ReadContext context)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        return Of(stream, context);
    }

    /// <summary>MD5 and SHA-256 of an open file from its start, hexadecimal, lower case.</summary>
    public static (string Md5, string Sha256, long Bytes) Of(FileStream stream, ReadContext context)
    {
        using IncrementalHash md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using IncrementalHash sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        stream.Position = 0;
        byte[] chunk = new byte[ChunkBytes];
        long done = 0;
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            md5.AppendData(chunk, 0, read);
            sha256.AppendData(chunk, 0, read);
            done += read;
            context.Report(DataActivity.Verifying, Path.GetFileName(stream.Name), done, stream.Length);
        }

        return (Convert.ToHexStringLower(md5.GetHashAndReset()), Convert.ToHexStringLower(sha256.GetHashAndReset()), done);
    }
}
