using System.Collections.Immutable;
using Sweeper.Client.Commands;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Models;

namespace Sweeper.Client.Saving;

/// <summary>Files that a network is to look at, in portions that a message carries with ease.</summary>
internal static class ImageFiles
{
    private const long MostBytes = 64 << 20;
    private const long PortionBytes = 16 << 20;

    /// <summary>Reads the files; those that cannot be read are named in <paramref name="problems"/>.</summary>
    public static async IAsyncEnumerable<ImmutableArray<ImageFile>> ReadAsync(
        IEnumerable<string> paths, List<string> problems, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        List<ImageFile> portion = [];
        foreach (string path in paths)
        {
            if (await ReadAsync(path, problems, stop) is not { } bytes)
            {
                continue;
            }

            if (portion.Count > 0 && portion.Sum(file => (long)file.Bytes.Length) + bytes.Length > PortionBytes)
            {
                yield return [.. portion];
                portion.Clear();
            }

            portion.Add(new ImageFile(path, bytes));
        }

        if (portion.Count > 0)
        {
            yield return [.. portion];
        }
    }

    private static async Task<byte[]?> ReadAsync(string path, List<string> problems, CancellationToken stop)
    {
        try
        {
            long length = Directory.Exists(path) ? throw new IOException("it is a folder") : new FileInfo(path).Length;
            return length <= MostBytes
                ? await File.ReadAllBytesAsync(path, stop)
                : throw new IOException($"it has {HumanText.Bytes(length)}, the most is {HumanText.Bytes(MostBytes)}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path}: {(failure is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : FileTrouble.Describe(failure))}");
            return null;
        }
    }
}
