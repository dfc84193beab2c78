using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Orleans.Concurrency;
using Sweeper.Contracts.Data;
using Sweeper.Training.Data;

namespace Sweeper.Grains.Data;

/// <summary>The engine's data sets, for clients. Reading and downloading run on pool threads, never in a grain's turn.</summary>
/// <param name="locations">Where sets are looked for.</param>
[StatelessWorker]
internal sealed class DataGrain(DataLocations locations) : Grain, IDataGrain
{
    /// <inheritdoc />
    public async Task<ImmutableArray<DataSetStatus>> ListAsync()
    {
        IReadOnlyList<DataSetListing> found = await Task.Run(() => DataCatalog.List(locations));
        return [.. found.Select(set => new DataSetStatus(set.Name, set.Summary, set.Location, set.DownloadBytes is not null))];
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<DataFetchProgress> FetchAsync(string set, [EnumeratorCancellation] CancellationToken stop = default)
    {
        // The newest progress matters, not every one.
        var news = Channel.CreateBounded<DataFetchProgress>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        Task<DataFetchProgress> fetch = Task.Run(() => Fetch(set, news.Writer, stop), stop);
        await foreach (DataFetchProgress progress in news.Reader.ReadAllAsync(stop))
        {
            yield return progress;
        }

        yield return await fetch;
    }

    /// <inheritdoc />
    public async Task<DataSetCheck> VerifyAsync(string set, string? path, string? target = null, string? testPath = null, bool regression = false, bool streaming = false, int? imageSize = null)
    {
        try
        {
            DataOptions options = new()
            {
                Set = set, Path = path, Target = target, TestPath = testPath, Regression = regression, Streaming = streaming, ImageSize = imageSize,
            };
            DataVerification found = await Task.Run(() => DataCatalog.Verify(options, locations));
            VerifiedContent? content = found.Content;
            return new DataSetCheck(
                set, found.Location, content?.TrainCount ?? 0, content?.TestCount ?? 0, content?.Classes ?? 0, content?.ContentHash, content?.Origin, found.Problem);
        }
        catch (DataSetException error)
        {
            return new DataSetCheck(set, null, 0, 0, 0, null, null, error.Message);
        }
    }

    private DataFetchProgress Fetch(string set, ChannelWriter<DataFetchProgress> news, CancellationToken stop)
    {
        try
        {
            DataSetListing found = DataCatalog.Fetch(set, locations, new Relay(news), stop);
            long bytes = found.DownloadBytes ?? 0;
            return new DataFetchProgress(found.Location ?? set, bytes, bytes, null);
        }
        catch (DataSetException error)
        {
            return new DataFetchProgress(set, 0, null, error.Message);
        }
        finally
        {
            news.Complete();
        }
    }

    private sealed class Relay(ChannelWriter<DataFetchProgress> news) : IProgress<DataProgress>
    {
        public void Report(DataProgress value) => news.TryWrite(new DataFetchProgress(value.File, value.Done, value.Total, null));
    }
}
