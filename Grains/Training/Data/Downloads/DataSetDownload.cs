using Sweeper.Training.Data.Sets;

namespace Sweeper.Training.Data.Downloads;

/// <summary>Downloads a set that was not found, or says what to put where.</summary>
internal static class DataSetDownload
{
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(60);

    /// <summary>Fetches what is missing and finds the set again.</summary>
    public static FoundSet Fetch(DataSetDefinition definition, DataOptions options, DataLocations locations, ReadContext context)
    {
        string folder = DataSetFinder.DownloadFolder(definition, locations);
        if (definition.Source is not { } source)
        {
            throw new DataSetException($"{definition.Name} was not found and cannot be downloaded ({definition.Terms}). {Advice(definition, folder, locations)}");
        }

        if (!locations.AllowDownload)
        {
            throw new DataSetException($"{definition.Name} was not found and downloads are off. {Advice(definition, folder, locations)}");
        }

        using Downloader downloader = new(Stall);
        foreach (KnownFile file in source.Files)
        {
            try
            {
                downloader.Fetch(source.AddressOf(definition.Name, file.Name, locations.Mirror), file, folder, context);
            }
            catch (DataSetException failure)
            {
                throw new DataSetException($"{definition.Name} was not found here, and the download failed: {failure.Message} {Advice(definition, folder, locations)}", failure);
            }
        }

        return DataSetFinder.Find(definition, options, locations)
            ?? throw new DataSetException($"{definition.Name} was downloaded to {folder} and is not there now. Was it removed meanwhile?");
    }

    private static string Advice(DataSetDefinition definition, string folder, DataLocations locations)
    {
        IReadOnlyList<string> expected = definition.Reader?.Expected ?? [];
        string from = definition.Source is { } source ? $" from {source.Address}" : string.Empty;
        string debian = definition.Name == KnownSets.Fashion ? " On Debian, 'apt-get install dataset-fashion-mnist' does too." : string.Empty;
        return $"Without a network: put {string.Join(", ", expected)}{from} into {folder}.{debian} Looked in: {string.Join(", ", DataSetFinder.Places(definition, locations))}.";
    }
}
