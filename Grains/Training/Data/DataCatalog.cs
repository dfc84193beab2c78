using Sweeper.Training.Data.Downloads;
using Sweeper.Training.Data.Sets;
using Sweeper.Training.Data.Sets.Tables;
using Sweeper.Training.Data.Shards;

namespace Sweeper.Training.Data;

/// <summary>The data sets by name: what there is, where it lies, and how it comes into memory.</summary>
public static class DataCatalog
{
    private const int LargeBytes = 32 << 20;

    /// <summary>Names of all sets, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. KnownSets.All.Select(definition => definition.Name)];

    /// <summary>
    /// Every reason why <paramref name="options"/> cannot be meant so, as far as it can be told without looking at files;
    /// empty: none. Pure.
    /// </summary>
    public static IReadOnlyList<string> Check(DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (Definition(options.Set) is not { } definition)
        {
            return [Unknown(options.Set)];
        }

        List<string> problems = [];
        if (options.Path is not null && definition.BuiltIn is not null)
        {
            problems.Add($"{options.Set} is built in; it takes no path");
        }

        if (string.IsNullOrWhiteSpace(options.Path) && (definition.NeedsPath || options.Path is not null))
        {
            problems.Add($"{options.Set} needs a path: {options.Set switch
            {
                KnownSets.Arrays => "the .npz file, or the folder that holds the .npy files",
                KnownSets.Table => "the .csv or .parquet file",
                _ => "the folder that holds the images",
            }}");
        }

        problems.AddRange(TableOptions.Check(options));
        if (options.SkipDamaged && options.Set != KnownSets.ImageFolder)
        {
            problems.Add($"{options.Set} is read whole or not at all; only {KnownSets.ImageFolder} leaves damaged files out");
        }

        if (options.Streaming && options.Set != KnownSets.ImageFolder)
        {
            problems.Add($"{options.Set} is held in memory; only {KnownSets.ImageFolder} is streamed from disk");
        }

        if (options.ImageSize is { } side)
        {
            if (options.Set != KnownSets.ImageFolder)
            {
                problems.Add($"{options.Set} has images of one size; only {KnownSets.ImageFolder} takes an image size");
            }
            else if (side is < ImageFolderReader.SmallestSize or > ImageFolderReader.LargestSize)
            {
                problems.Add($"image size is {side}; it must be {ImageFolderReader.SmallestSize} to {ImageFolderReader.LargestSize}");
            }
        }

        if (options.TrainSize is { } size && (size < (definition.Classes ?? 2) || size > (definition.TrainCount ?? int.MaxValue)))
        {
            problems.Add($"train size is {size}; {options.Set} has {definition.TrainCount?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "some"} training images in {definition.Classes?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "2 or more"} classes: ask for at least one of each and at most all");
        }

        return problems;
    }

    /// <summary>Finds, downloads where needed, reads and checks a set, on the CPU. Blocks; call it off any scheduler's thread.</summary>
    /// <param name="options">Which set and how much of it.</param>
    /// <param name="locations">Where to look.</param>
    /// <param name="progress">Told how far it has come; null: nobody.</param>
    /// <param name="cancellationToken">Stops a download or a decode.</param>
    /// <exception cref="DataSetException">The set is unknown, missing, damaged or too small for the options; says what to do.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a download can be resumed.</exception>
    public static ImageData Load(
        DataOptions options,
        DataLocations locations,
        IProgress<DataProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(locations);
        ThrowIfBad(options);
        ReadContext context = new(options.Set, progress, cancellationToken);
        FoundSet found = Obtain(Known(options.Set), options, locations, context);
        if (options.Streaming)
        {
            return StreamedFolder.Load(found.Place, options, locations, context);
        }

        RawImages raw = found.Read(context);
        cancellationToken.ThrowIfCancellationRequested();
        bool large = raw.Train.Pixels.Length + (sizeof(float) * (raw.Train.Features?.LongLength ?? 0)) > LargeBytes;
        ImageData data = ImageData.From(options.Set, Cut(raw, options), options.Scaling);
        if (large)
        {
            // Training allocates next to nothing that is managed: nothing else would ever free the arrays just copied.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        }

        return data;
    }

    /// <summary>All sets and where each was found, without reading any.</summary>
    /// <param name="locations">Where to look.</param>
    public static IReadOnlyList<DataSetListing> List(DataLocations locations)
    {
        ArgumentNullException.ThrowIfNull(locations);
        return [.. KnownSets.All.Select(definition => Listing(
            definition,
            definition.NeedsPath ? null : DataSetFinder.Find(definition, new DataOptions { Set = definition.Name }, locations)))];
    }

    /// <summary>Makes sure that a set is on this machine: finds it, or downloads it.</summary>
    /// <param name="set">Name of the set.</param>
    /// <param name="locations">Where to look, and where a download goes.</param>
    /// <param name="progress">Told how far it has come; null: nobody.</param>
    /// <param name="cancellationToken">Stops the download; the next call goes on from there.</param>
    /// <exception cref="DataSetException">The set is unknown, cannot be downloaded, or did not arrive; says what to do.</exception>
    public static DataSetListing Fetch(
        string set,
        DataLocations locations,
        IProgress<DataProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(locations);
        DataOptions options = new() { Set = set };
        ThrowIfBad(options);
        DataSetDefinition definition = Known(set);
        return Listing(definition, Obtain(definition, options, locations, new ReadContext(set, progress, cancellationToken)));
    }

    /// <summary>Reads a whole set and compares its files with the published checksums. Downloads nothing.</summary>
    /// <param name="options">Which set, and where; its train size is ignored.</param>
    /// <param name="locations">Where to look.</param>
    /// <param name="progress">Told how far it has come; null: nobody.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="DataSetException">The options cannot be meant so. A damaged set is an answer, not an exception.</exception>
    public static DataVerification Verify(
        DataOptions options,
        DataLocations locations,
        IProgress<DataProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(locations);
        ThrowIfBad(options);
        return DataSetVerifier.Verify(Known(options.Set), options, locations, new ReadContext(options.Set, progress, cancellationToken));
    }

    private static FoundSet Obtain(DataSetDefinition definition, DataOptions options, DataLocations locations, ReadContext context) =>
        DataSetFinder.Find(definition, options, locations) ?? DataSetDownload.Fetch(definition, options, locations, context);

    /// <summary>Places of the training images that the options keep, ascending; null: all.</summary>
    /// <param name="labels">Class of each training image.</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="options">What the user asked for.</param>
    internal static int[]? KeptOf(ReadOnlySpan<int> labels, int classes, DataOptions options)
    {
        if (options.TrainSize is not { } size)
        {
            return null;
        }

        int fewest = Math.Max(2, classes);
        if (size >= fewest && size <= labels.Length)
        {
            return TrainSubset.Of(labels, size, options.Seed);
        }

        string whole = options.Regression ? "rows" : $"images in {classes} classes";
        throw new DataSetException($"train size is {size}; {options.Set} has {labels.Length} training {whole}: ask for {fewest} to {labels.Length}");
    }

    private static RawImages Cut(RawImages raw, DataOptions options) =>
        KeptOf(raw.Train.Labels, raw.Classes.Count, options) is { } kept ? raw with { Train = raw.Train.Pick(kept) } : raw;

    private static DataSetListing Listing(DataSetDefinition definition, FoundSet? found) => new(
        definition.Name,
        definition.Summary,
        definition.Terms,
        definition.Shape,
        definition.Classes,
        definition.TrainCount,
        definition.TestCount,
        found?.Place,
        definition.Source?.Bytes);

    private static void ThrowIfBad(DataOptions options)
    {
        IReadOnlyList<string> problems = Check(options);
        if (problems.Count > 0)
        {
            throw new DataSetException(string.Join("; ", problems));
        }
    }

    private static DataSetDefinition? Definition(string name) => KnownSets.All.FirstOrDefault(definition => definition.Name == name);

    private static DataSetDefinition Known(string name) => Definition(name) ?? throw new DataSetException(Unknown(name));

    private static string Unknown(string name) =>
        $"no data set is called '{name}'; did you mean '{NearestName.To(name, Names)}'? Known: {string.Join(", ", Names)}";
}
