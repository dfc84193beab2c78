namespace Sweeper.Training.Data;

/// <summary>The data sets by name.</summary>
public static class DataCatalog
{
    private const ulong SubsetPurpose = 0x50B5_0001;

    /// <summary>Names of all sets, in the order of the documentation.</summary>
    public static IReadOnlyList<string> Names { get; } = ["synthetic"];

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
        _ = progress;
        cancellationToken.ThrowIfCancellationRequested();
        if (options.Set != "synthetic")
        {
            throw new DataSetException($"no data set is called '{options.Set}'; did you mean '{NearestName.To(options.Set, Names)}'? Known: {string.Join(", ", Names)}");
        }

        RawImages raw = SyntheticImages.Create();
        return ImageData.From(options.Set, Cut(raw, options));
    }

    private static RawImages Cut(RawImages raw, DataOptions options)
    {
        if (options.TrainSize is not { } size)
        {
            return raw;
        }

        if (size < raw.Classes.Count || size > raw.Train.Count)
        {
            throw new DataSetException($"train size is {size}; {options.Set} has {raw.Train.Count} training images in {raw.Classes.Count} classes: ask for {raw.Classes.Count} to {raw.Train.Count}");
        }

        int[] kept = StratifiedOrder.Of(raw.Train.Labels, options.Seed, SubsetPurpose)[..size];
        Array.Sort(kept);
        return raw with { Train = raw.Train.Pick(kept) };
    }
}
