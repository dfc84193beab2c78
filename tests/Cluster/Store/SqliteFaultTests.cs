using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;
using Sweeper.Grains.Store.Sqlite;
using Xunit;

namespace Sweeper.Tests.Cluster.Store;

/// <summary>What a user is told when the SQLite file cannot be used.</summary>
public sealed class SqliteFaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sweeper-fault-").FullName;

    private string Database => Path.Combine(_folder, "sweeper.db");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Open_FileIsNotADatabase_SaysSo()
    {
        await File.WriteAllTextAsync(Database, string.Join('\n', Enumerable.Repeat("name,accuracy", 1000)), Stop);
        await AssertOpenSaysAsync(Database, $"'{Database}' is damaged or not a SQLite database.");
    }

    [Fact]
    public async Task Open_FileIsDamagedInTheMiddle_SaysSoWhenItIsRead()
    {
        await using (ISweepStore store = await OpenAsync(Database))
        {
            await store.AppendAsync(Samples.First("a", [.. Enumerable.Range(1, 2000).Select(number => Samples.Trial(number))]), Stop);
        }

        await using (FileStream file = File.OpenWrite(Database))
        {
            file.Position = 8192;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)file.Length - 16384).ToArray(), Stop);
        }

        await using ISweepStore damaged = SweepStores.Open(new StoreOptions.Sqlite(Database));
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            await damaged.OpenAsync(Stop);
            await damaged.ReadResultsAsync("a", Stop);
        });
        Assert.Contains("is damaged", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FileOfAnotherProgram_LeavesItAlone()
    {
        await using (var other = new SqliteConnection($"Data Source={Database};Pooling=false"))
        {
            await other.ExecuteAsync("CREATE TABLE bookmarks (url TEXT)");
        }

        await AssertOpenSaysAsync(Database, "belongs to another program");
        await using var again = new SqliteConnection($"Data Source={Database};Pooling=false");
        Assert.Equal(["bookmarks"], await again.QueryAsync<string>("SELECT name FROM sqlite_master"));
    }

    [Fact]
    public async Task Open_FolderCannotBeMade_SaysWhich()
    {
        // A file where a folder should be: refused also to root, for whom no folder is read-only.
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", Stop);
        string path = Path.Combine(file, "below", "sweeper.db");
        await AssertOpenSaysAsync(path, $"SQLite file '{path}' cannot be opened for writing");
    }

    [Fact]
    public async Task Open_FolderTakesNoFiles_SaysWhich()
    {
        Assert.SkipUnless(Directory.Exists("/proc/self"), "There is no /proc, the folder that nobody can write to.");
        const string path = "/proc/sweeper.db";
        await AssertOpenSaysAsync(path, $"SQLite file '{path}' cannot be opened for writing");
    }

    [Fact]
    public async Task Open_PathIsAFolder_SaysWhich() =>
        await AssertOpenSaysAsync(_folder, $"SQLite file '{_folder}' cannot be opened for writing");

    [Fact]
    public async Task Append_DiskFull_SaysSoAndLosesNothing()
    {
        await using (ISweepStore roomy = await OpenAsync(Database))
        {
            await roomy.AppendAsync(Samples.First("a", Samples.Trial(1)), Stop);
        }

        long pages = new FileInfo(Database).Length / 4096;
        await using (ISweepStore full = await OpenAsync(new StoreOptions.Sqlite(Database) { MaxPages = pages + 20 }))
        {
            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => AppendUntilItFailsAsync(full));
            Assert.Contains($"disk that holds SQLite file '{Database}' is full", failure.Message, StringComparison.Ordinal);

            // Reading goes on, and so does what fits.
            Assert.NotNull(await full.ReadResultsAsync("a", Stop));
        }

        await using ISweepStore again = await OpenAsync(Database);
        StoredSweep? sweep = await again.ReadEventsAsync("a", Stop);
        SweepResults? results = await again.ReadResultsAsync("a", Stop);
        Assert.Equal(sweep!.Events.Length, results!.Trials.Length); // Each write had one of both: none was torn.
        await again.AppendAsync(Samples.Next("a", sweep.Events.Length + 1), Stop);
    }

    [Fact]
    public async Task Append_FileLockedByAnotherProcess_SaysSoAndGoesOnAfterwards()
    {
        await using ISweepStore store = await OpenAsync(new StoreOptions.Sqlite(Database) { RetryFor = TimeSpan.FromMilliseconds(100) });
        await using (var other = new SqliteConnection($"Data Source={Database};Pooling=false"))
        {
            await other.OpenAsync(Stop);
            await other.ExecuteAsync("BEGIN IMMEDIATE");

            Assert.Empty(await store.ListAsync(Stop)); // Readers do not wait for writers.
            var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.AppendAsync(Samples.First("a"), Stop));
            Assert.Contains("is locked by another process", failure.Message, StringComparison.Ordinal);
        }

        await store.AppendAsync(Samples.First("a"), Stop);
    }

    [Fact]
    public async Task Append_AReaderHoldsItsSnapshot_IsNotHeldUp()
    {
        await using ISweepStore store = await OpenAsync(new StoreOptions.Sqlite(Database) { RetryFor = TimeSpan.Zero });
        await using var reader = new SqliteConnection($"Data Source={Database};Pooling=false");
        await reader.OpenAsync(Stop);
        await reader.ExecuteAsync("BEGIN; SELECT COUNT(*) FROM sweeps");

        await store.AppendAsync(Samples.First("a"), Stop);

        Assert.Equal(0, await reader.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM sweeps"));
        Assert.Single(await store.ListAsync(Stop));
    }

    [Fact]
    public async Task Open_NewFile_IsSetUpToSurviveAPowerCut()
    {
        await using ISweepStore store = await OpenAsync(Database);
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        Assert.Equal("wal", await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode"));

        var dialect = new SqliteDialect(new StoreOptions.Sqlite(Database));
        await using DbConnection writing = await dialect.ConnectForWritingAsync(Stop);
        Assert.Equal(2, await writing.ExecuteScalarAsync<long>("PRAGMA synchronous")); // FULL
        Assert.Equal(1, await writing.ExecuteScalarAsync<long>("PRAGMA foreign_keys"));
    }

    private static async Task AppendUntilItFailsAsync(ISweepStore store)
    {
        for (int sequence = 2; ; sequence++)
        {
            TrialRecord trial = Samples.Trial(sequence, new JobOutcome.Failed(new string('x', 2000)));
            await store.AppendAsync(Samples.Next("a", sequence, sequence.ToString(CultureInfo.InvariantCulture), trial), Stop);
        }
    }

    private static Task<ISweepStore> OpenAsync(string path) => OpenAsync(new StoreOptions.Sqlite(path));

    private static async Task<ISweepStore> OpenAsync(StoreOptions options)
    {
        ISweepStore store = SweepStores.Open(options);
        await store.OpenAsync(Stop);
        return store;
    }

    private static async Task AssertOpenSaysAsync(string path, string message)
    {
        await using ISweepStore store = SweepStores.Open(new StoreOptions.Sqlite(path));
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.OpenAsync(Stop));
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }
}
