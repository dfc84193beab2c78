using Sweeper.Training.Data;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data;

/// <summary>Real data sets where this machine has them; tests that want them skip where it has not.</summary>
internal static class SharedData
{
    /// <summary>Places without any real data and without a network.</summary>
    public static DataLocations Nowhere { get; } = new()
    {
        Roots = [],
        DownloadRoot = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "sweeper-no-such-folder"),
        FashionMnistFolder = null,
        AllowDownload = false,
    };

    /// <summary>Places of real data; skips the test where they do not hold the set.</summary>
    public static DataLocations WithOrSkip(string set)
    {
        DataLocations locations = new()
        {
            Roots = [.. Roots()],
            DownloadRoot = Nowhere.DownloadRoot,
            AllowDownload = false,
        };
        bool found = DataCatalog.List(locations).Single(listing => listing.Name == set).Location is not null;
        Assert.SkipUnless(found, $"{set} is not on this machine: set {DataLocations.Variable} to a folder that holds it");
        return locations;
    }

    private static IEnumerable<string> Roots()
    {
        if (Environment.GetEnvironmentVariable(DataLocations.Variable) is { Length: > 0 } named)
        {
            yield return named;
        }

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Sweeper.sln")))
            {
                yield return System.IO.Path.Combine(folder.FullName, "..", "shared", "data");
            }
        }
    }
}
