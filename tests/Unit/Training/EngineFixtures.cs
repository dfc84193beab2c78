using Sweeper.Training.Data;

namespace Sweeper.Tests.Unit.Training;

/// <summary>What tests of the engine start from.</summary>
internal static class EngineFixtures
{
    private static readonly DataLocations Nowhere = new() { Roots = [], DownloadRoot = Path.GetTempPath(), AllowDownload = false };

    /// <summary>The made-up data set.</summary>
    public static ImageData Synthetic() =>
        DataCatalog.Load(new DataOptions { Set = "synthetic" }, Nowhere, null, CancellationToken.None);
}
