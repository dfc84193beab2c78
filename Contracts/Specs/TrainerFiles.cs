using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sweeper.Contracts.Specs;

/// <summary>The files that an external trainer is made of: those that its command names, and those that the spec adds.</summary>
public static class TrainerFiles
{
    /// <summary>Larger files, which are data rather than programs, count by their length and time of change.</summary>
    private const long LargestHashed = 64 << 20;

    /// <summary>Full paths of the files that are there; the program itself only where the command gives its path.</summary>
    /// <param name="trainer">The trainer; its folder is known.</param>
    public static ImmutableArray<string> Of(TrainerSpec trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        string folder = trainer.Workdir ?? throw new ArgumentException("The folder of the command is not known.", nameof(trainer));
        return
        [
            .. trainer.Command.Where((argument, place) => place > 0 || argument.Contains('/', StringComparison.Ordinal))
                .Concat(trainer.Files)
                .Where(argument => argument.Length > 0 && !argument.Contains('\0', StringComparison.Ordinal))
                .Select(argument => Path.GetFullPath(argument, folder))
                .Where(File.Exists)
                .Distinct(StringComparer.Ordinal),
        ];
    }

    /// <summary>Files that the spec names as part of the trainer and that are not there.</summary>
    /// <param name="trainer">The trainer; its folder is known.</param>
    public static ImmutableArray<string> Missing(TrainerSpec trainer)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return [.. trainer.Files.Where(file => !File.Exists(Path.GetFullPath(file, trainer.Workdir ?? "/")))];
    }

    /// <summary>SHA-256 of the files' content, in their order; their folder and times are no part of it.</summary>
    /// <param name="files">Full paths.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static string Hash(ImmutableArray<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string path in files)
        {
            var file = new FileInfo(path);
            byte[] one = file.Length > LargestHashed
                ? Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}"))
                : SHA256.HashData(File.ReadAllBytes(path));
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetFileName(path) + '\0'));
            hash.AppendData(one);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
