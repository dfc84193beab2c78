namespace Sweeper.Client.Exporting;

/// <summary>The file that an export goes to, checked before anything is asked of the cluster.</summary>
internal static class ExportTarget
{
    /// <summary>Checks that it can be written.</summary>
    /// <param name="path">As given.</param>
    /// <param name="force">Whether an existing file may be replaced.</param>
    /// <returns>Its absolute path.</returns>
    /// <exception cref="CliException">It cannot.</exception>
    public static string Check(string path, bool force)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new CliException(ExitCode.BadInput, $"{path} is a folder; name a file.");
        }

        if (full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal))
        {
            // Renaming the finished file over it would put a plain file in the device's place.
            throw new CliException(ExitCode.BadInput, $"{path} is a device; name a file, or - for standard output.");
        }

        if (File.Exists(full) && !force)
        {
            throw new CliException(ExitCode.BadInput, $"{path} exists already; --force replaces it.");
        }

        string folder = Path.GetDirectoryName(full)!;
        return Directory.Exists(folder) ? full : throw new CliException(ExitCode.BadInput, $"The folder {folder} does not exist.");
    }
}
