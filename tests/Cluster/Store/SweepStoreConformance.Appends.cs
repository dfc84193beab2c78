using System.Data.Common;
using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;
using Xunit;

namespace Sweeper.Tests.Cluster.Store;

/// <content>What is written.</content>
public abstract partial class SweepStoreConformance
{
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

        Task[] appends;
        await using (await LockAsync())
        {
            appends = [.. sweeps.Select((sweep, index) => Store.AppendAsync(
                Samples.First(sweep, Samples.Trial(index + 1)) with { Events = [Samples.Event(1, "new")] }, Stop))];
            Assert.DoesNotContain(appends, append => append.IsCompleted);
        }

        await Assert.ThrowsAsync<SweepWriteConflictException>(() => Task.WhenAll(appends));

        Assert.Equal(199, appends.Count(append => append.IsCompletedSuccessfully));
        Assert.True(appends[0].IsFaulted);
        Assert.InRange(Store.Transactions - before, 1, 2); // What the writer took before the lock, and all that waited since.
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
    public async Task Append_CancelledWhileItWaits_EndsAtOnceAndHoldsNobodyUp()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task patient;
        await using (await LockAsync())
        {
            patient = Store.AppendAsync(Samples.First("patient"), Stop);
            Task impatient = Store.AppendAsync(Samples.First("impatient"), cancel.Token);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
            Assert.False(patient.IsCompleted);
        }

        await patient;
        Assert.NotNull(await Store.ReadEventsAsync("patient", Stop));
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
    public async Task Append_TenThousandTrialsAtOnce_ComeBackExactly()
    {
        TrialRecord[] trials = [.. Enumerable.Range(1, 10_000).Select(number => Samples.Trial(number))];
        await Store.AppendAsync(Samples.First("a", trials), Stop);
        SweepResults? read = await Store.ReadResultsAsync("a", Stop);
        Assert.Equal(trials, read!.Trials);
    }
}
