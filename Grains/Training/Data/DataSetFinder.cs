using Sweeper.Training.Data.Sets;

namespace Sweeper.Training.Data;

/// <summary>Looks a set up: the user's path alone where there is one, else built in, the data directories, the system's copy.</summary>
internal static class DataSetFinder
{
    /// <summary>The set, or null where it is at none of the places.</summary>
    /// <exception cref="DataSetException">The user's path does not hold it.</exception>
    public static FoundSet? Find(DataSetDefinition definition, DataOptions options, DataLocations locations)
    {
        if (definition.BuiltIn is { } builtIn)
        {
            return builtIn;
        }

        DataSetReader reader = definition.Reader ?? throw new InvalidOperationException($"{definition.Name} has no reader");
        if (options.Path is { } path)
        {
            Refuse(locations.Permitted?.ComplaintOf(path));
            Refuse(options.TestPath is { } test ? locations.Permitted?.ComplaintOf(test) : null);
            FoundSet set = AtPath(definition, path).Select(place => reader.Find(place, options)).FirstOrDefault(found => found is not null)
                ?? throw new DataSetException($"{path}: {(File.Exists(path) || Directory.Exists(path) ? $"does not hold {definition.Name}" : "there is no such file or folder")}. Expected there: {string.Join(", ", reader.Expected)}.");
            Refuse(locations.Permitted?.ComplaintOf(set));
            return set;
        }

        return Places(definition, locations).Select(place => reader.Find(place, options)).FirstOrDefault(found => found is not null);
    }

    private static void Refuse(string? complaint)
    {
        if (complaint is not null)
        {
            throw new DataSetException(complaint);
        }
    }

    /// <summary>Folders that are looked at, in order.</summary>
    public static IEnumerable<string> Places(DataSetDefinition definition, DataLocations locations)
    {
        foreach (string root in locations.Roots.Append(locations.DownloadRoot).Distinct(StringComparer.Ordinal))
        {
            foreach (string folder in definition.Folders)
            {
                yield return Path.GetFullPath(Path.Combine(root, folder));
            }
        }

        if (definition.Name == KnownSets.Fashion && locations.FashionMnistFolder is { } system)
        {
            yield return system;
        }
    }

    /// <summary>Folder that downloads go to.</summary>
    public static string DownloadFolder(DataSetDefinition definition, DataLocations locations) =>
        Path.GetFullPath(Path.Combine(locations.DownloadRoot, definition.Folders[0]));

    private static IEnumerable<string> AtPath(DataSetDefinition definition, string path) =>
        definition.Folders.Select(folder => Path.Combine(path, folder)).Prepend(path);
}
