using System.Collections.Immutable;

namespace Sweeper.Contracts.Data;

/// <summary>Data sets of the silo that it runs on.</summary>
[Alias("Sweeper.IDataGrain")]
public interface IDataGrain : IGrainWithIntegerKey
{
    /// <summary>Every data set that the engine knows, and where it would be read from here.</summary>
    [Alias("List")]
    Task<ImmutableArray<DataSetStatus>> ListAsync();

    /// <summary>Downloads a data set where it is missing; progress as it goes, the last item says how it ended.</summary>
    [Alias("Fetch")]
    IAsyncEnumerable<DataFetchProgress> FetchAsync(string set, CancellationToken stop = default);

    /// <summary>Reads a data set whole and checks it.</summary>
    /// <param name="set">Its name.</param>
    /// <param name="path">Where it is; null: the known places.</param>
    /// <param name="target">Column of a table that holds what is to be predicted; null: it is no table.</param>
    /// <param name="testPath">File of a table's test rows; null: none.</param>
    /// <param name="regression">Whether the target holds numbers to predict.</param>
    /// <param name="streaming">Whether the images of a folder are kept on disk, for a folder that does not fit into memory.</param>
    /// <param name="imageSize">Height and width in pixels that the images of a folder are resized to; null: the set's own.</param>
    [Alias("Verify"), ResponseTimeout("12:00:00")]
    Task<DataSetCheck> VerifyAsync(string set, string? path, string? target = null, string? testPath = null, bool regression = false, bool streaming = false, int? imageSize = null);
}

/// <summary>A data set as seen from here.</summary>
/// <param name="Name">Name as a spec gives it.</param>
/// <param name="Description">What it is, in a line.</param>
/// <param name="Location">Where it is read from; null where it is missing.</param>
/// <param name="Downloadable">Whether <c>sweeper data fetch</c> can bring it.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.DataSetStatus")]
public sealed record DataSetStatus(string Name, string Description, string? Location, bool Downloadable);

/// <summary>Where a download stands.</summary>
/// <param name="File">File that is being brought.</param>
/// <param name="Bytes">Bytes so far.</param>
/// <param name="TotalBytes">Bytes in all; null where the server does not say.</param>
/// <param name="Error">Why it ended without success; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.DataFetchProgress")]
public sealed record DataFetchProgress(string File, long Bytes, long? TotalBytes, string? Error);

/// <summary>What a whole read of a data set found.</summary>
/// <param name="Name">Name of the set.</param>
/// <param name="Location">Where it was read from.</param>
/// <param name="TrainImages">Training images.</param>
/// <param name="TestImages">Test images.</param>
/// <param name="Classes">Classes.</param>
/// <param name="ContentHash">SHA-256 of images and labels, hexadecimal.</param>
/// <param name="Notes">What is worth knowing, such as that it is not the official archive.</param>
/// <param name="Error">What is wrong with it; null where nothing is.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.DataSetCheck")]
public sealed record DataSetCheck(
    string Name, string? Location, int TrainImages, int TestImages, int Classes, string? ContentHash, string? Notes, string? Error);
