namespace Sweeper.Training.Data;

/// <summary>Where data sets are looked for, in order, and where downloads go. Every path is explicit: nothing global is read here.</summary>
public sealed record DataLocations
{
    /// <summary>Environment variable that names a data directory.</summary>
    public const string Variable = "SWEEPER_DATA";

    /// <summary>Folder where Debian's package <c>dataset-fashion-mnist</c> puts its files.</summary>
    public const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    /// <summary>Data directories, looked through in order; each may hold one folder a set. Missing ones are passed over.</summary>
    public required IReadOnlyList<string> Roots { get; init; }

    /// <summary>Data directory that downloads go to; made where missing. Looked through as well.</summary>
    public required string DownloadRoot { get; init; }

    /// <summary>Folder of the system's copy of Fashion-MNIST, looked at after <see cref="Roots"/>; null: none.</summary>
    public string? FashionMnistFolder { get; init; } = DebianFolder;

    /// <summary>Folders below which a path that a user gives must lie; null: anywhere.</summary>
    public PermittedFolders? Permitted { get; init; }

    /// <summary>Whether what is not found may be downloaded.</summary>
    public bool AllowDownload { get; init; } = true;

    /// <summary>Address that stands in for the official ones: files are read from <c>{Mirror}/{set}/{file}</c>; null: the official ones.</summary>
    public Uri? Mirror { get; init; }

    /// <summary>Folders that an operator has named: the silo's own, that of <see cref="Variable"/>, and further ones.</summary>
    /// <param name="homeDirectory">Sweeper's own data directory.</param>
    /// <param name="further">Further ones.</param>
    public static PermittedFolders NamedFolders(string homeDirectory, IEnumerable<string> further) => new(
        [Path.GetFullPath(homeDirectory), .. Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? [Path.GetFullPath(named)] : Array.Empty<string>(), .. further.Select(Path.GetFullPath)]);

    /// <summary>
    /// The usual places: <paramref name="dataDirectory"/>, the directory that <see cref="Variable"/> names,
    /// <c>datasets</c> below <paramref name="homeDirectory"/>, and <c>../shared/data</c> seen from the working directory.
    /// Downloads go to the first that is named.
    /// </summary>
    /// <param name="dataDirectory">The user's choice; null: none.</param>
    /// <param name="homeDirectory">Sweeper's own data directory.</param>
    public static DataLocations Standard(string? dataDirectory, string homeDirectory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(homeDirectory);
        string? named = string.IsNullOrWhiteSpace(dataDirectory) ? Environment.GetEnvironmentVariable(Variable) : dataDirectory;
        string own = Path.Combine(homeDirectory, "datasets");
        string shared = Path.Combine("..", "shared", "data");
        return string.IsNullOrWhiteSpace(named)
            ? new DataLocations { Roots = [own, shared], DownloadRoot = own }
            : new DataLocations { Roots = [named, own, shared], DownloadRoot = named };
    }
}
