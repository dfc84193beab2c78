using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;
using Sweeper.Grains.Store.Schema;
using Xunit;

namespace Sweeper.Tests.Cluster.Store;

/// <summary>What every engine's store does alike.</summary>
public abstract class SweepStoreConformance : IAsyncLifetime
{
    private RelationalSweepStore? _store;

    private protected RelationalSweepStore Store => _store ?? throw new InvalidOperationException("The store is not open.");

    private protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Options of an empty store of this test's own.</summary>
    private protected abstract ValueTask<StoreOptions> CreateAsync();

    /// <summary>Removes it.</summary>
    private protected abstract ValueTask RemoveAsync();

    /// <summary>A connection to the same database that knows nothing of the store.</summary>
    private protected abstract DbConnection Connect();

    private protected StoreOptions Options { get; private set; } = null!; // Set by InitializeAsync.

    public async ValueTask InitializeAsync()
    {
        Options = await CreateAsync();
        _store = (RelationalSweepStore)SweepStores.Open(Options);
        await _store.OpenAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }

        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task ReadEvents_AfterAppends_GivesSpecAndEventsInOrder()
    {
        await Store.AppendAsync(Samples.First("a"), Stop);
        await Store.AppendAsync(Samples.Next("a", 2, "ünïcödé"), Stop);
        await Store.AppendAsync(Samples.Next("a", 3) with { Events = [Samples.Event(3), Samples.Event(4)] }, Stop);

        StoredSweep? read = await Store.ReadEventsAsync("a", Stop);

        Assert.NotNull(read);
        Assert.Equal([Samples.Event(1), Samples.Event(2, "ünïcödé"), Samples.Event(3), Samples.Event(4)], read.Events);
        Assert.Equal(Samples.Start, read.CreatedAt);
        Assert.Equal(JsonSerializer.Serialize(Samples.Spec("a")), JsonSerializer.Serialize(read.Spec));
    }

    [Fact]
    public async Task Reads_NoSuchSweep_GiveNull()
    {
        Assert.Null(await Store.ReadEventsAsync("a", Stop));
        Assert.Null(await Store.ReadResultsAsync("a", Stop));
        Assert.Null(await Store.ReadCurvesAsync(Samples.TrialKey("a", 1), Stop));
        Assert.Empty(await Store.ListAsync(Stop));
    }

    [Fact]
    public async Task ReadResults_EveryOutcome_ComesBackAsItWas()
    {
        ImmutableArray<TrialRecord> trials = [.. Samples.Outcomes.Select((outcome, index) => Samples.Trial(index + 1, outcome)), Samples.Trial(99)];
        ImmutableArray<CellRecord> cells = [Samples.Cell(1, new JobOutcome.RangeTested(Samples.Findings())), Samples.Cell(2)];
        await Store.AppendAsync(Samples.First("a", [.. trials.Reverse()]) with { Cells = [.. cells.Reverse()] }, Stop);

        SweepResults? read = await Store.ReadResultsAsync("a", Stop);

        Assert.NotNull(read);
        Assert.Equal(Samples.Summary("a"), read.Summary);
        Assert.Equal(cells, read.Cells);
        // Half of a surrogate pair cannot be written as UTF-8; all else is exact.
        Assert.Equal(trials.Select(Repaired), read.Trials);
    }

    [Fact]
    public async Task ReadResults_FirstWrittenLater_ShowsTheLastState()
    {
        await Store.AppendAsync(Samples.First("a", Samples.Trial(1), Samples.Trial(2)), Stop);
        TrialRecord done = Samples.Trial(2, new JobOutcome.Trained(Samples.Score(0.8)));
        SweepSummary summary = Samples.Summary("a") with { Status = SweepStatus.Completed, StatusReason = null, Ended = 2, BestAccuracy = null };
        await Store.AppendAsync(Samples.Next("a", 2) with { Trials = [Samples.Trial(2), done], Summary = summary }, Stop);

        SweepResults? read = await Store.ReadResultsAsync("a", Stop);

        Assert.NotNull(read);
        Assert.Equal([Samples.Trial(1), done], read.Trials);
        Assert.Equal(summary, read.Summary);
    }

    [Fact]
    public async Task ReadCurves_SeveralAttempts_GivesTheLast()
    {
        JobKey job = Samples.TrialKey("a", 1);
        JobCurves first = Samples.Curves(10);
        JobCurves second = Samples.Curves(500);
        await Store.AppendAsync(Samples.First("a") with { Curves = [new StoredCurves(job, 1, first)] }, Stop);
        await Store.AppendAsync(Samples.Next("a", 2) with { Curves = [new StoredCurves(job, 2, second)] }, Stop);
        await Store.AppendAsync(Samples.Next("a", 3) with { Curves = [new StoredCurves(job, 1, first)] }, Stop);

        JobCurves? read = await Store.ReadCurvesAsync(job, Stop);

        Assert.NotNull(read);
        Assert.Equal(second.Step, read.Step);
        Assert.Equal(second.LearningRate, read.LearningRate);
        Assert.Equal(second.Momentum, read.Momentum);
        Assert.Equal(second.TrainLoss, read.TrainLoss);
        Assert.Equal(second.SmoothedLoss, read.SmoothedLoss);
        Assert.Equal(second.Evaluations, read.Evaluations);
        Assert.Null(await Store.ReadCurvesAsync(job with { Kind = JobKind.RangeTest }, Stop));
    }

    [Fact]
    public async Task Append_EventNumberTaken_ThrowsConflictAndChangesNothing()
    {
        await Store.AppendAsync(Samples.First("a", Samples.Trial(1)), Stop);
        await Store.AppendAsync(Samples.Next("a", 2, "mine"), Stop);

        var conflict = await Assert.ThrowsAsync<SweepWriteConflictException>(
            () => Store.AppendAsync(Samples.Next("a", 2, "theirs", Samples.Trial(1, new JobOutcome.Stopped("stale"))), Stop));

        Assert.Contains("'a'", conflict.Message, StringComparison.Ordinal);
        SweepResults? read = await Store.ReadResultsAsync("a", Stop);
        Assert.Equal([Samples.Trial(1)], read!.Trials);
    }

    [Fact]
    public async Task Append_SweepExistsGapOrDeleted_ThrowsConflict()
    {
        await Store.AppendAsync(Samples.First("a"), Stop);

        await Assert.ThrowsAsync<SweepWriteConflictException>(
            () => Store.AppendAsync(Samples.First("a") with { Events = [Samples.Event(1, "other")] }, Stop));
        await Assert.ThrowsAsync<SweepWriteConflictException>(() => Store.AppendAsync(Samples.Next("a", 3), Stop));
        await Assert.ThrowsAsync<SweepWriteConflictException>(() => Store.AppendAsync(Samples.Next("never", 2), Stop));

        Assert.True(await Store.DeleteAsync("a", Stop));
        await Assert.ThrowsAsync<SweepWriteConflictException>(() => Store.AppendAsync(Samples.Next("a", 2), Stop));
    }

    [Fact]
    public async Task Append_TheVerySameEventsAgain_SucceedsOnce()
    {
        await Store.AppendAsync(Samples.First("a"), Stop);
        await Store.AppendAsync(Samples.First("a"), Stop);
        await Store.AppendAsync(Samples.Next("a", 2), Stop);
        await Store.AppendAsync(Samples.Next("a", 2), Stop);

        StoredSweep? read = await Store.ReadEventsAsync("a", Stop);
        Assert.Equal(2, read!.Events.Length);
    }

    [Fact]
    public async Task Append_WriteThatDoesNotHangTogether_IsRefused()
    {
        SweepWrite first = Samples.First("a");
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(first with { Events = [] }, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(first with { Events = [Samples.Event(1), Samples.Event(3)] }, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(first with { Spec = null }, Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.AppendAsync(first with { Attempts = [Samples.Attempt(Samples.TrialKey("b", 1), 1)] }, Stop));
        Assert.Empty(await Store.ListAsync(Stop));
    }

    [Fact]
    public async Task Append_TwoHundredAtOnce_ShareFewTransactionsAndOneConflictFailsAlone()
    {
        string[] sweeps = [.. Enumerable.Range(0, 200).Select(index => string.Create(CultureInfo.InvariantCulture, $"s{index:000}"))];
        await Store.AppendAsync(Samples.First(sweeps[0]), Stop);
        long before = Store.Transactions;

        Task[] appends = [.. sweeps.Select((sweep, index) => Store.AppendAsync(
            Samples.First(sweep, Samples.Trial(index + 1)) with { Events = [Samples.Event(1, "new")] }, Stop))];
        await Assert.ThrowsAsync<SweepWriteConflictException>(() => Task.WhenAll(appends));

        Assert.Equal(199, appends.Count(append => append.IsCompletedSuccessfully));
        Assert.True(appends[0].IsFaulted);
        Assert.InRange(Store.Transactions - before, 1, 50);
        Assert.Equal(sweeps, (await Store.ListAsync(Stop)).Select(sweep => sweep.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Append_OneWriteThatTheDatabaseRefuses_FailsAlone()
    {
        string[] sweeps = [.. Enumerable.Range(0, 20).Select(index => string.Create(CultureInfo.InvariantCulture, $"s{index:00}"))];

        // A learning rate of NaN is NULL in SQL, which the column refuses.
        TrialRecord refused = Samples.Trial(1) with { Configuration = new Configuration(double.NaN, 1, 0, 0) };
        Task[] appends = [.. sweeps.Select((sweep, index) => Store.AppendAsync(
            index == 10 ? Samples.First(sweep, refused) : Samples.First(sweep, Samples.Trial(1)), Stop))];
        await Assert.ThrowsAnyAsync<DbException>(() => Task.WhenAll(appends));

        Assert.Equal([10], Enumerable.Range(0, 20).Where(index => appends[index].IsFaulted));
        Assert.Equal(19, (await Store.ListAsync(Stop)).Length);
    }

    [Fact]
    public async Task Append_ManyOfOneSweepWithoutWaiting_AreWrittenInOrderOfTheCalls()
    {
        await Store.AppendAsync(Samples.First("a"), Stop);

        await Task.WhenAll(Enumerable.Range(2, 300).Select(sequence => Store.AppendAsync(Samples.Next("a", sequence), Stop)));

        StoredSweep? read = await Store.ReadEventsAsync("a", Stop);
        Assert.Equal(Enumerable.Range(1, 301).Select(sequence => (long)sequence), read!.Events.Select(item => item.Sequence));
    }

    [Fact]
    public async Task Append_TwoStoresRaceForOneSweep_EachNumberIsTakenOnce()
    {
        await using ISweepStore other = SweepStores.Open(Options);
        await other.OpenAsync(Stop);
        await Store.AppendAsync(Samples.First("a"), Stop);

        async Task<int> RaceAsync(ISweepStore store, string name)
        {
            int won = 0;
            for (int sequence = 2; sequence <= 60; sequence++)
            {
                try
                {
                    await store.AppendAsync(Samples.Next("a", sequence, name), Stop);
                    won++;
                }
                catch (SweepWriteConflictException)
                {
                    // The other was first; that is the race.
                }
            }

            return won;
        }

        int[] won = await Task.WhenAll(RaceAsync(Store, "one"), RaceAsync(other, "two"));

        StoredSweep? read = await Store.ReadEventsAsync("a", Stop);
        Assert.Equal(read!.Events.Length - 1, won.Sum());
        Assert.Equal(Enumerable.Range(1, read.Events.Length).Select(sequence => (long)sequence), read.Events.Select(item => item.Sequence));
    }

    [Fact]
    public async Task Append_CancelledBeforehand_WritesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.AppendAsync(Samples.First("a"), new CancellationToken(true)));
        Assert.Empty(await Store.ListAsync(Stop));
    }

    [Fact]
    public async Task Append_AfterDispose_Throws()
    {
        ISweepStore closed = SweepStores.Open(Options);
        await closed.OpenAsync(Stop);
        await closed.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => closed.AppendAsync(Samples.First("a"), Stop));
    }

    [Fact]
    public async Task Dispose_WritesWait_AreWrittenFirst()
    {
        ISweepStore closing = SweepStores.Open(Options);
        await closing.OpenAsync(Stop);
        Task[] appends = [.. Enumerable.Range(0, 50).Select(index => closing.AppendAsync(
            Samples.First(string.Create(CultureInfo.InvariantCulture, $"s{index}")), Stop))];
        await closing.DisposeAsync();
        await Task.WhenAll(appends);
        Assert.Equal(50, (await Store.ListAsync(Stop)).Length);
    }

    [Fact]
    public async Task List_SeveralSweeps_NewestFirst()
    {
        foreach ((string name, int minutes) in new[] { ("old", 0), ("newest", 2), ("middle", 1) })
        {
            await Store.AppendAsync(Samples.First(name) with { Summary = Samples.Summary(name, Samples.Start.AddMinutes(minutes)) }, Stop);
        }

        Assert.Equal(["newest", "middle", "old"], (await Store.ListAsync(Stop)).Select(sweep => sweep.Name));
    }

    [Fact]
    public async Task Delete_Sweep_TakesEverythingOfItAndNothingElse()
    {
        foreach (string name in new[] { "a", "b" })
        {
            await Store.AppendAsync(
                Samples.First(name, Samples.Trial(1)) with
                {
                    Cells = [Samples.Cell(1)],
                    Attempts = [Samples.Attempt(Samples.TrialKey(name, 1), 1)],
                    Curves = [new StoredCurves(Samples.TrialKey(name, 1), 1, Samples.Curves(5))],
                },
                Stop);
        }

        Assert.True(await Store.DeleteAsync("a", Stop));
        Assert.False(await Store.DeleteAsync("a", Stop));

        Assert.Null(await Store.ReadResultsAsync("a", Stop));
        Assert.Null(await Store.ReadCurvesAsync(Samples.TrialKey("a", 1), Stop));
        Assert.NotNull(await Store.ReadCurvesAsync(Samples.TrialKey("b", 1), Stop));
        await Store.AppendAsync(Samples.First("a"), Stop);
        SweepResults? again = await Store.ReadResultsAsync("a", Stop);
        Assert.Empty(again!.Trials);
        Assert.Empty(again.Cells);
    }

    [Fact]
    public async Task Append_TenThousandTrialsAtOnce_ComeBackExactly()
    {
        TrialRecord[] trials = [.. Enumerable.Range(1, 10_000).Select(number => Samples.Trial(number))];
        await Store.AppendAsync(Samples.First("a", trials), Stop);
        SweepResults? read = await Store.ReadResultsAsync("a", Stop);
        Assert.Equal(trials, read!.Trials);
    }

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

    [Theory]
    [InlineData("UPDATE trials SET outcome = '{\"kind\":\"unheard_of\"}'")]
    [InlineData("UPDATE trials SET status = 'unheard_of'")]
    [InlineData("UPDATE sweeps SET spec = '{}'")]
    public async Task ReadResults_ChangedByHand_SaysThatItCannotBeRead(string sql)
    {
        await Store.AppendAsync(Samples.First("a", Samples.Trial(1, new JobOutcome.Stopped("x"))), Stop);
        await ExecuteAsync(sql);

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.ReadResultsAsync("a", Stop));

        Assert.StartsWith(Store.Description + " holds something that this program cannot read", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SchemaIsNewer_SaysWhichAndTouchesNothing()
    {
        await ExecuteAsync("INSERT INTO schema_version (version, applied_at) VALUES (7, '2030-01-01T00:00:00.000000Z')");

        await using ISweepStore older = SweepStores.Open(Options);
        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => older.OpenAsync(Stop));

        Assert.Contains("has schema version 7; this program knows versions up to 1. Use the newer Sweeper", failure.Message, StringComparison.Ordinal);
        Assert.Contains(older.Description, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_SchemaIsOlder_IsBroughtUpToDateByOneAndKeepsItsRows()
    {
        await Store.AppendAsync(Samples.First("a", Samples.Trial(1)), Stop);
        SchemaVersion next = new(2, "ALTER TABLE sweeps ADD COLUMN note {text}; CREATE TABLE extra (id {integer} PRIMARY KEY, at {time})");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var newer = (RelationalSweepStore)SweepStores.Open(Options);
            newer.History = [.. SchemaVersion.All, next];
            await newer.OpenAsync(Stop);
            SweepResults? read = await newer.ReadResultsAsync("a", Stop);
            Assert.Equal([Samples.Trial(1)], read!.Trials);
        }));

        await using DbConnection connection = Connect();
        Assert.Equal([1, 2], await connection.QueryAsync<long>("SELECT version FROM schema_version ORDER BY version"));
        Assert.Equal(0, await connection.ExecuteScalarAsync<long>("SELECT COUNT(note) FROM sweeps"));
    }

    [Fact]
    public async Task Open_AStepOfTheSchemaFails_LeavesTheOldOne()
    {
        await using var newer = (RelationalSweepStore)SweepStores.Open(Options);
        newer.History =
        [
            .. SchemaVersion.All,
            new SchemaVersion(2, "CREATE TABLE extra (id {integer} PRIMARY KEY)"),
            new SchemaVersion(3, "INSERT INTO no_such_table VALUES (1)"),
        ];
        await Assert.ThrowsAnyAsync<DbException>(() => newer.OpenAsync(Stop));

        await using DbConnection connection = Connect();
        Assert.Equal([1], await connection.QueryAsync<long>("SELECT version FROM schema_version ORDER BY version"));
        await Assert.ThrowsAnyAsync<DbException>(() => connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM extra"));
        Assert.Empty(await Store.ListAsync(Stop));
    }

    private protected async Task ExecuteAsync(string sql)
    {
        await using DbConnection connection = Connect();
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: Stop));
    }

    private static TrialRecord Repaired(TrialRecord trial) => trial.Outcome is JobOutcome.OutOfMemory outcome
        ? trial with { Outcome = new JobOutcome.OutOfMemory(outcome.Evidence.Replace('\uD800', '\uFFFD')) }
        : trial;
}
