using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>Ends of jobs and grants that come while the store writes: taken together, each answered by itself.</summary>
public sealed class SweepInboxTests(SweepCluster cluster) : IClassFixture<SweepCluster>
{
    [Fact]
    public async Task Ends_WhileTheStoreWrites_AreStoredTogether()
    {
        SweepScript script = await RunFourAsync("together", 8);
        TaskCompletionSource held = cluster.Store.HoldWrites("together");
        script.Open();
        await HeldAsync("together");
        await SettledAsync();

        held.SetResult();
        SweepResults results = await cluster.EndAsync("together");

        Assert.All(results.Trials, trial => Assert.Equal((1, true), (trial.Attempts, trial.Score is not null)));
        Assert.Contains(cluster.Store.Writes, write => write.Sweep == "together" && write.Events.Count(item => item.Kind == "JobEnded") >= 2);
        StoredSweep stored = (await cluster.Store.ReadEventsAsync("together", TestContext.Current.CancellationToken))!;
        Assert.Equal(Enumerable.Range(1, stored.Events.Length).Select(number => (long)number), stored.Events.Select(item => item.Sequence));
        Assert.NotNull(await cluster.Store.ReadCurvesAsync(new JobKey("together", JobKind.Trial, 1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ends_OneOfThemAFailure_AreAllTaken()
    {
        SweepScript script = cluster.ScriptOf("mixed");
        script.End = ticket => ticket.Key.Number == 2 ? throw new InvalidOperationException("no such layer") : SweepScript.Well(ticket);
        await RunFourAsync("mixed", 6);
        TaskCompletionSource held = cluster.Store.HoldWrites("mixed");
        script.Open();
        await HeldAsync("mixed");
        await SettledAsync();

        held.SetResult();
        SweepResults results = await cluster.EndAsync("mixed");

        Assert.Equal(new JobOutcome.Failed("no such layer"), results.Trials[1].Outcome);
        Assert.Equal(5, results.Trials.Count(trial => trial.Score is not null));
    }

    [Fact]
    public async Task Ends_TheirCommonWriteFails_AreSentAgain()
    {
        SweepScript script = await RunFourAsync("again", 8);
        TaskCompletionSource held = cluster.Store.HoldWrites("again");
        script.Open();
        await HeldAsync("again");
        await SettledAsync();

        cluster.Store.FailWrites("again", 2); // the one that is held, and the one of all that wait
        held.SetResult();
        SweepResults results = await cluster.EndAsync("again");

        Assert.All(results.Trials, trial => Assert.Equal((1, true), (trial.Attempts, trial.Score is not null)));
        Assert.Equal(script.Started.Count, script.Started.Distinct().Count());
    }

    [Fact]
    public async Task Coordinator_ToldToGoWhileEndsWait_TheNextOneTakesThem()
    {
        SweepScript script = await RunFourAsync("going", 8);
        TaskCompletionSource held = cluster.Store.HoldWrites("going");
        script.Open();
        await HeldAsync("going");
        await SettledAsync();

        Task gone = cluster.Silo.DeactivateAsync(cluster.Sweep("going"));
        held.SetResult();
        await gone;
        SweepResults results = await cluster.EndAsync("going");

        Assert.All(results.Trials, trial => Assert.Equal((1, true), (trial.Attempts, trial.Score is not null)));
    }

    private async Task<SweepScript> RunFourAsync(string name, int trials)
    {
        SweepScript script = cluster.ScriptOf(name);
        script.Gated = true;
        await cluster.SubmitAsync(SweepCluster.Trials(name, trials));
        await cluster.UntilAsync(name, view => view.Running.Length == SweepCluster.Devices * SweepCluster.Slots);
        return script;
    }

    /// <summary>Waits until a write with the end of a job has come.</summary>
    private async Task HeldAsync(string name)
    {
        while (!cluster.Store.Writes.Any(write => write.Sweep == name && write.Events.Any(item => item.Kind == "JobEnded")))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The other ends are a message away: the workers no longer have the jobs at work.</summary>
    private async Task SettledAsync()
    {
        while ((await cluster.Silo.Client.GetGrain<Contracts.Workers.IWorkerPoolGrain>(0).ListAsync()).Any(worker => !worker.Running.IsEmpty))
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await Task.Delay(50, TestContext.Current.CancellationToken);
    }
}
