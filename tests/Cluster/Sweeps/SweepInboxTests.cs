using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>
/// Ends of jobs that come while the store writes: taken together, each answered by itself. The tests report in the workers' place, whose jobs
/// wait at a gate and report a second time when it opens.
/// </summary>
public sealed class SweepInboxTests : IAsyncLifetime
{
    private const int Jobs = SweepCluster.Devices * SweepCluster.Slots;

    // One for each test: the pool keeps the slots of jobs at a gate for half a minute after their sweeps have given them back.
    private readonly SweepCluster _cluster = new();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Ends_WhileTheStoreWrites_AreStoredTogether()
    {
        (TaskCompletionSource held, Task<bool>[] ends) = await EndAllAsync("together");

        held.SetResult();

        Assert.All(await Task.WhenAll(ends), Assert.True);
        Assert.Equal([1, Jobs - 1], Ends("together"));
        SweepResults results = await FinishAsync("together");
        Assert.All(results.Trials, trial => Assert.Equal((1, true), (trial.Attempts, trial.Score is not null)));
        StoredSweep stored = (await _cluster.Store.ReadEventsAsync("together", TestContext.Current.CancellationToken))!;
        Assert.Equal(Enumerable.Range(1, stored.Events.Length).Select(number => (long)number), stored.Events.Select(item => item.Sequence));
        Assert.NotNull(await _cluster.Store.ReadCurvesAsync(new JobKey("together", JobKind.Trial, Jobs), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ends_OneOfThemAFailure_AreAllTaken()
    {
        (TaskCompletionSource held, Task<bool>[] ends) = await EndAllAsync("mixed", failed: 3);

        held.SetResult();

        Assert.All(await Task.WhenAll(ends), Assert.True);
        SweepResults results = await FinishAsync("mixed");
        Assert.Equal(new JobOutcome.Failed("no such layer"), results.Trials[2].Outcome);
        Assert.Equal(Jobs - 1, results.Trials.Count(trial => trial.Score is not null));
    }

    [Fact]
    public async Task Ends_TheirCommonWriteFails_AreAllRefusedAndTakenWhenTheyComeAgain()
    {
        (TaskCompletionSource held, Task<bool>[] ends) = await EndAllAsync("again");
        _cluster.Store.FailWrites("again", 2); // the one that is held, and the one of all that wait

        held.SetResult();

        foreach (Task<bool> end in ends)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => end);
        }

        SweepResults results = await FinishAsync("again");
        Assert.All(results.Trials, trial => Assert.Equal((1, true), (trial.Attempts, trial.Score is not null)));
    }

    [Fact]
    public async Task Coordinator_ToldToGoWhileEndsWait_LosesNone()
    {
        (TaskCompletionSource held, Task<bool>[] ends) = await EndAllAsync("going");
        Task gone = _cluster.Silo.DeactivateAsync(_cluster.Sweep("going"));

        held.SetResult();

        await gone;
        Assert.All(await Task.WhenAll(ends).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken), Assert.True); // before any call times out
        SweepResults results = await FinishAsync("going");
        Assert.All(results.Trials, trial => Assert.Equal((1, true), (trial.Attempts, trial.Score is not null)));
    }

    /// <summary>Reports the end of every job of a sweep; the first is being written, until the write is let go, and the others wait.</summary>
    private async Task<(TaskCompletionSource Held, Task<bool>[] Ends)> EndAllAsync(string name, int? failed = null)
    {
        _cluster.ScriptOf(name).Gated = true;
        await _cluster.SubmitAsync(SweepCluster.Trials(name, Jobs));
        SweepView view = await _cluster.UntilAsync(name, view => view.Running.Length == Jobs);
        TaskCompletionSource held = _cluster.Store.HoldWrites(name);
        ISweepReports coordinator = _cluster.Silo.Client.GetGrain<ISweepReports>(name);
        Task<bool> first = coordinator.ReportAsync(ReportOf(view.Running[0]));
        while (Ends(name).Length == 0)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Task<bool>[] others = [.. view.Running.Skip(1).Select(job => coordinator.ReportAsync(ReportOf(job)))];
        await _cluster.Sweep(name).GetAsync(); // answered between turns, after those that came before it
        return (held, [first, .. others]);

        JobReport ReportOf(RunningJob job)
        {
            var ticket = new JobTicket(job.Key, job.Attempt, 1, job.Configuration, 1, SweepCluster.Trials(name, Jobs));
            return SimulatedEngine.Report(ticket, job.Key.Number == failed ? new JobOutcome.Failed("no such layer") : SweepScript.Well(ticket));
        }
    }

    /// <summary>How many ends each write had that had some.</summary>
    private int[] Ends(string name) =>
    [
        .. _cluster.Store.Writes.Where(write => write.Sweep == name)
            .Select(write => write.Events.Count(item => item.Kind == "JobEnded")).Where(count => count > 0),
    ];

    private async Task<SweepResults> FinishAsync(string name)
    {
        _cluster.ScriptOf(name).Open();
        return await _cluster.EndAsync(name);
    }
}
