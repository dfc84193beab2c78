using System.Data.Common;
using Dapper;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;
using Sweeper.Grains.Store.Schema;
using Xunit;

namespace Sweeper.Tests.Cluster.Store;

/// <content>How the schema comes about.</content>
public abstract partial class SweepStoreConformance
{
    [Fact]
    public async Task Open_AgainAndTwiceAtOnce_KeepsWhatIsThere()
    {
        await Store.AppendAsync(Samples.First("a"), Stop);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using ISweepStore other = SweepStores.Open(Options);
            await other.OpenAsync(Stop);
            Assert.Single(await other.ListAsync(Stop));
        }));
    }

    [Fact]
    public async Task Open_SchemaIsNewer_SaysWhichAndTouchesNothing()
    {
        await ExecuteAsync("INSERT INTO schema_version (version, applied_at) VALUES (70, '2030-01-01T00:00:00.000000Z')");

        await using ISweepStore older = SweepStores.Open(Options);
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => older.OpenAsync(Stop));

        Assert.Contains($"has schema version 70; this program knows versions up to {SchemaVersion.All.Count}. Use the newer Sweeper", failure.Message, StringComparison.Ordinal);
        Assert.Contains(older.Description, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SchemaIsOlder_IsBroughtUpToDateByOneAndKeepsItsRows()
    {
        await Store.AppendAsync(Samples.First("a", Samples.Trial(1)), Stop);
        SchemaVersion next = new(SchemaVersion.All.Count + 1, "ALTER TABLE sweeps ADD COLUMN note {text}; CREATE TABLE extra (id {integer} PRIMARY KEY, at {time})");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var newer = (RelationalSweepStore)SweepStores.Open(Options);
            newer.History = [.. SchemaVersion.All, next];
            await newer.OpenAsync(Stop);
            SweepResults? read = await newer.ReadResultsAsync("a", Stop);
            Assert.Equal([Samples.Trial(1)], read!.Trials);
        }));

        await using DbConnection connection = Connect();
        Assert.Equal([1, 2, 3, 4], await connection.QueryAsync<long>("SELECT version FROM schema_version ORDER BY version"));
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT COUNT(note) FROM sweeps"));
    }

    [Fact]
    public async Task Open_AStepOfTheSchemaFails_LeavesTheOldOne()
    {
        await using var newer = (RelationalSweepStore)SweepStores.Open(Options);
        newer.History =
        [
            .. SchemaVersion.All,
            new SchemaVersion(SchemaVersion.All.Count + 1, "CREATE TABLE extra (id {integer} PRIMARY KEY)"),
            new SchemaVersion(SchemaVersion.All.Count + 2, "INSERT INTO no_such_table VALUES (1)"),
        ];
        await Assert.ThrowsAnyAsync<DbException>(() => newer.OpenAsync(Stop));

        await using DbConnection connection = Connect();
        Assert.Equal([1, 2, 3], await connection.QueryAsync<long>("SELECT version FROM schema_version ORDER BY version"));
        await Assert.ThrowsAnyAsync<DbException>(() => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM extra"));
        Assert.Empty(await Store.ListAsync(Stop));
    }
}
