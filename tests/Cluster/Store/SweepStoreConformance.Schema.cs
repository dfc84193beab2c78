using System.Collections.Immutable;
using System.Data.Common;
using Dapper;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
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
        Assert.Equal([.. SchemaVersion.All.Select(version => (long)version.Number), next.Number], await connection.QueryAsync<long>("SELECT version FROM schema_version ORDER BY version"));
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT COUNT(note) FROM sweeps"));
    }

    [Fact]
    public async Task FindEnded_Fingerprint_GivesResultsOfAllSweepsThoseThatRanFirst()
    {
        RunInfo copied = Samples.Run(1) with { Platform = "p", ReusedFrom = Samples.TrialKey("b", 1) };
        TrialRecord trained = Samples.Trial(1, new JobOutcome.Trained(Samples.Score(0.9)));
        CellRecord tested = Samples.Cell(1, new JobOutcome.RangeTested(Samples.Findings()));
        await Store.AppendAsync(Samples.First("a", trained with { Run = copied }) with { Fingerprints = Prints("a", 1) }, Stop);
        await Store.AppendAsync(
            Samples.First("b", trained, Samples.Trial(2, new JobOutcome.Failed("x")), Samples.Trial(3)) with { Cells = [tested], Fingerprints = Prints("b", 3) }, Stop);
        await Store.AppendAsync(Samples.First("c", trained), Stop);

        ImmutableArray<EndedJob> trials = await Store.FindEndedAsync(JobKind.Trial, "same", Stop);

        Assert.Equal([Samples.TrialKey("b", 1), Samples.TrialKey("a", 1)], trials.Select(job => job.Key));
        Assert.Equal([Samples.Run(1), copied], trials.Select(job => job.Run));
        Assert.Equal(trained.Outcome, trials[0].Outcome);
        Assert.Equal(new EndedJob(new JobKey("b", JobKind.RangeTest, 1), tested.Outcome!, tested.Run!), Assert.Single(await Store.FindEndedAsync(JobKind.RangeTest, "same", Stop)));
        Assert.Empty(await Store.FindEndedAsync(JobKind.Trial, "other", Stop));
        Assert.Equal(["same"], await Store.FindKnownAsync(JobKind.Trial, ["other", "same", "none"], Stop));
        Assert.Equal(["same"], await Store.FindKnownAsync(JobKind.RangeTest, ["same"], Stop));
        Assert.Empty(await Store.FindKnownAsync(JobKind.Trial, ["other"], Stop));

        static ImmutableDictionary<JobKey, string> Prints(string sweep, int trials) => Enumerable.Range(1, trials)
            .Select(number => Samples.TrialKey(sweep, number)).Append(new JobKey(sweep, JobKind.RangeTest, 1)).ToImmutableDictionary(key => key, _ => "same");
    }

    [Fact]
    public async Task Open_OlderStore_KeepsItsTrialsWithNothingInLaterColumnsAndTakesNewOnes()
    {
        await using ISweepStore old = await OlderAsync(version => version.Number <= 2);
        await ExecuteAsync("INSERT INTO sweeps (name, status, created_at, updated_at, model, data_set, trials, ended, sequence, spec) "
            + $"VALUES ('old', 'completed', '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z', 'mlp', 'synthetic', 1, 1, 1, '{SpecJson.Write(Samples.Spec("old"))}')");
        await ExecuteAsync("INSERT INTO trials (sweep, number, cell, max_learning_rate, batch_size, weight_decay, dropout, replicate, seed, status, attempts) "
            + "VALUES ('old', 1, 1, 0.1, 32, 0, 0, 1, 7, 'ready', 0)");

        await using ISweepStore now = SweepStores.Open(Options);
        await now.OpenAsync(Stop);

        Assert.Null(Assert.Single((await now.ReadResultsAsync("old", Stop))!.Trials).Configuration.TrainSize);
        await now.AppendAsync(Samples.Next("old", 2, "x", Samples.Trial(2)), Stop);
        Assert.Equal(2000, (await now.ReadResultsAsync("old", Stop))!.Trials[1].Configuration.TrainSize);
        await using DbConnection connection = Connect();
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT COUNT(fingerprint) + COUNT(reused_from) + COUNT(memory_bytes) FROM trials"));
        Assert.Null(Assert.Single(await now.ListAsync(Stop)).GenerationOf);
    }

    /// <summary>The store's database as an older program leaves it.</summary>
    private async Task<ISweepStore> OlderAsync(Func<SchemaVersion, bool> known)
    {
        foreach (string table in new[] { "device_time", "access_tokens", "audit_log", "curves", "attempts", "trials", "cells", "sweep_events", "sweeps", "schema_version" })
        {
            await ExecuteAsync($"DROP TABLE {table}");
        }

        var older = (RelationalSweepStore)SweepStores.Open(Options);
        older.History = [.. SchemaVersion.All.Where(known)];
        await older.OpenAsync(Stop);
        return older;
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
        Assert.Equal(SchemaVersion.All.Select(version => (long)version.Number), await connection.QueryAsync<long>("SELECT version FROM schema_version ORDER BY version"));
        await Assert.ThrowsAnyAsync<DbException>(() => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM extra"));
        Assert.Empty(await Store.ListAsync(Stop));
    }
}
