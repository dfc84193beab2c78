namespace Sweeper.Training.Data;

/// <summary>
/// Folders below which a spec may name data. Whoever submits to a cluster is not the user that its silos run as: without these
/// a spec could have them read any file of theirs.
/// </summary>
/// <param name="folders">Absolute paths.</param>
public sealed class PermittedFolders(IEnumerable<string> folders)
{
    /// <summary>Levels of folders that an image folder has below itself: part, class, files.</summary>
    private const int ImageFolderDepth = 3;

    private readonly string[] _folders = [.. folders.Distinct(StringComparer.Ordinal)];

    /// <summary>Why a path may not be read; null where it may. Says the same whether there is anything at the path or not.</summary>
    /// <param name="path">Path, as a spec gives it.</param>
    public string? ComplaintOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Split('/', '\\').Contains(".."))
        {
            return $"{path}: '..' is not read here; write the path out";
        }

        if (!Path.IsPathFullyQualified(path))
        {
            return $"{path}: an absolute path is expected";
        }

        return IsWithin(path) ? null : $"{path}: data are read below {string.Join(", ", _folders)} only, links followed to their ends; --data-root DIR permits a silo another folder";
    }

    /// <summary>Why something within a permitted folder may not be read: it is a link that leads out of it; null where it may.</summary>
    /// <param name="found">What was found at a permitted path.</param>
    internal string? ComplaintOf(Sets.FoundSet found) =>
        found.Files.Prepend(found.Place).Select(ComplaintOf).FirstOrDefault(complaint => complaint is not null)
        ?? (found.Files.Count == 0 && Directory.Exists(found.Place) ? ComplaintOfLinks(found.Place) : null);

    private string? ComplaintOfLinks(string folder)
    {
        var everything = new EnumerationOptions
        {
            RecurseSubdirectories = true, MaxRecursionDepth = ImageFolderDepth, AttributesToSkip = 0, IgnoreInaccessible = true,
        };
        try
        {
            return new DirectoryInfo(folder).EnumerateFileSystemInfos("*", everything)
                .Where(entry => entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                .Select(link => ComplaintOf(link.FullName))
                .FirstOrDefault(complaint => complaint is not null);
        }
        catch (IOException error)
        {
            return $"{folder}: {error.Message}";
        }
    }

    private bool IsWithin(string path)
    {
        try
        {
            string real = RealPath.Of(path);
            return Array.Exists(_folders, folder => IsBelow(real, RealPath.Of(folder)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false; // where it leads cannot be told
        }
    }

    private static bool IsBelow(string path, string folder)
    {
        string root = Path.TrimEndingDirectorySeparator(folder);
        return path.Equals(root, StringComparison.Ordinal) || path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }
}
