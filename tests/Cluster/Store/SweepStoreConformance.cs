using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;
using Xunit;

namespace Sweeper.Tests.Cluster.Store;

/// <summary>What every engine's store does alike.</summary>
public abstract partial class SweepStoreConformance : IAsyncLifetime
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

    /// <summary>Begins a transaction that keeps every writer waiting.</summary>
    private protected abstract string LockSql { get; }

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
        ImmutableArray<CellRecord> cells =
        [
            Samples.Cell(1, new JobOutcome.RangeTested(Samples.Findings())),
            Samples.Cell(2) with { LengthFactor = 4, Repeat = new RangeTestRepeat(1, 0.1 / 3, "it diverged at 0.07") },
        ];
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
    public async Task ReadAttempts_SeveralOfThem_FirstToLastWithTheirCell()
    {
        JobKey job = Samples.TrialKey("a", 1);
        AttemptRecord[] attempts = [Samples.Attempt(job, 1, "lost"), Samples.Attempt(job, 2)];
        await Store.AppendAsync(
            Samples.First("a", Samples.Trial(1)) with { Attempts = [attempts[1], attempts[0], Samples.Attempt(job with { Kind = JobKind.RangeTest }, 1)] }, Stop);

        (int cell, ImmutableArray<AttemptRecord> read) = await Store.ReadAttemptsAsync(job, Stop);

        Assert.Equal(Samples.Trial(1).Cell, cell);
        Assert.Equal(attempts, read);
        Assert.Empty((await Store.ReadAttemptsAsync(Samples.TrialKey("a", 2), Stop)).Attempts);
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
    public async Task DocumentedQueries_OnASweep_AnswerWhatTheyPromise()
    {
        const string sweep = "quickstart";
        TrialRecord[] trials =
        [
            Samples.Trial(1, new JobOutcome.Trained(Samples.Score(0.85))),
            Samples.Trial(2, new JobOutcome.Trained(Samples.Score(0.9))),
            Samples.Trial(3, new JobOutcome.Trained(Samples.Score(0.7))) with { Configuration = Samples.Trial(2).Configuration },
            Samples.Trial(4, new JobOutcome.Diverged(3, 1, "the loss was NaN")),
            Samples.Trial(5, new JobOutcome.Failed("no such file")),
            Samples.Trial(6, new JobOutcome.Stopped("cancelled")),
            Samples.Trial(7),
        ];
        await Store.AppendAsync(
            Samples.First(sweep, trials) with
            {
                Cells = [Samples.Cell(1, new JobOutcome.RangeTested(Samples.Findings())), Samples.Cell(2)],
                Attempts = [Samples.Attempt(Samples.TrialKey(sweep, 1), 1, "lost"), Samples.Attempt(Samples.TrialKey(sweep, 1), 2, "trained")],
            },
            Stop);

        IReadOnlyList<string> queries = DocumentedQueries.Read();
        await using DbConnection connection = Connect();
        List<List<object?[]>> answers = [];
        foreach (string query in queries)
        {
            IEnumerable<dynamic> rows = await connection.QueryAsync(new CommandDefinition(query, cancellationToken: Stop));
            answers.Add([.. rows.Select(row => ((IDictionary<string, object?>)row).Values.ToArray())]);
        }

        Assert.Equal(5, answers.Count);
        Assert.Equal([1L, 2L], answers[0].Select(row => row[4])); // The mean of 0.9 and 0.7 comes after 0.85.
        Assert.Equal([0.85, 0.8], answers[0].Select(row => Math.Round((double)row[5]!, 9)));
        Assert.Equal([1L, 64L, "not_possible", 0.3], new[] { answers[1].Single()[0], answers[1].Single()[1], answers[1].Single()[4], answers[1].Single()[5] });
        Assert.Equal(["the loss was NaN", "no such file", "cancelled"], answers[2].Select(row => row[3]));
        Assert.Equal(["trial", 1L, 1L, "node-a/cpu", "lost", "because"], answers[3].Single());
        Assert.Equal(["node-a/cpu", "CPU (2 threads)", 6L], answers[4].Single()[..3]);
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

    /// <summary>Keeps every writer waiting until the connection is closed.</summary>
    private protected async Task<DbConnection> LockAsync()
    {
        DbConnection connection = Connect();
        await connection.OpenAsync(Stop);
        await connection.ExecuteAsync(new CommandDefinition(LockSql, cancellationToken: Stop));
        return connection;
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
