using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>Jobs whose threads hang as in a native call: nothing stops them but the end of their process.</summary>
public sealed class HungJobTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Job_WithoutAStepForTooLong_RunsElsewhereAndItsSlotIsLostUntilItWakesUp()
    {
        using var stuck = new ManualResetEventSlim();
        await using var cluster = new SweepCluster();
        await cluster.InitializeAsync();
        cluster.ScriptOf("hang").End = ticket =>
        {
            if (ticket.Key.Number == 2 && ticket.Attempt == 1)
            {
                stuck.Wait();
                return new JobOutcome.Failed("woke up");
            }

            return SweepScript.Well(ticket);
        };
        SweepSpec spec = SweepCluster.Trials("hang", 6);
        await cluster.SubmitAsync(spec with { Limits = spec.Limits with { NoProgress = Limit } });

        SweepResults results = await cluster.EndAsync("hang");

        Assert.All(results.Trials, trial => Assert.NotNull(trial.Score));
        PastAttempt[] attempts = [.. (await cluster.Results.GetHistoryAsync(new JobKey("hang", JobKind.Trial, 2))).Attempts];
        Assert.Equal([1, 2], attempts.Select(attempt => attempt.Number));
        Assert.Contains("made no step on node/sim:", attempts[0].Reason, StringComparison.Ordinal);
        Assert.Equal((SweepCluster.Devices * SweepCluster.Slots) - 1, await SlotsAsync(cluster));

        stuck.Set();
        while (await SlotsAsync(cluster) < SweepCluster.Devices * SweepCluster.Slots)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        // Nobody heard what it had to say in the end.
        Assert.Equal(attempts.AsEnumerable(), (await cluster.Results.GetHistoryAsync(new JobKey("hang", JobKind.Trial, 2))).Attempts);
        Assert.Equal(results.Trials, (await cluster.Results.GetAsync("hang")).Trials);
    }

    [Fact]
    public async Task Job_ThatHangsWhereverItRuns_FailsAfterItsAttemptsAndTheOthersEnd()
    {
        using var stuck = new ManualResetEventSlim();
        await using var cluster = new SweepCluster();
        await cluster.InitializeAsync();
        cluster.ScriptOf("hangs").End = ticket =>
        {
            if (ticket.Key.Number == 1)
            {
                stuck.Wait();
            }

            return SweepScript.Well(ticket);
        };
        SweepSpec spec = SweepCluster.Trials("hangs", 4);
        await cluster.SubmitAsync(spec with { Limits = spec.Limits with { NoProgress = Limit, Attempts = 3 } });

        SweepResults results = await cluster.EndAsync("hangs");

        var failed = Assert.IsType<JobOutcome.Failed>(results.Trials[0].Outcome);
        Assert.Contains("made no step", failed.Error, StringComparison.Ordinal);
        Assert.All(results.Trials.Skip(1), trial => Assert.NotNull(trial.Score));
        stuck.Set();
    }

    [Fact]
    public async Task Job_ThatWaitedBehindAnotherForLong_DoesNotCountAsHanging()
    {
        await using var cluster = new SweepCluster();
        await cluster.InitializeAsync();
        SweepScript script = cluster.ScriptOf("waits");
        script.Gated = script.Silent = true;
        script.End = ticket =>
        {
            if (ticket.Key.Number > SweepCluster.Devices * SweepCluster.Slots)
            {
                Thread.Sleep(0.6 * Limit); // the silo looks for jobs that hang more often than that
            }

            return SweepScript.Well(ticket);
        };
        SweepSpec spec = SweepCluster.Trials("waits", 2 * SweepCluster.Devices * SweepCluster.Slots);
        await cluster.SubmitAsync(spec with { Limits = spec.Limits with { NoProgress = Limit } });
        await Task.Delay(4 * Limit, TestContext.Current.CancellationToken);

        script.Open();
        SweepResults results = await cluster.EndAsync("waits");

        Assert.All(results.Trials, trial => Assert.Equal((1, true), (trial.Attempts, trial.Score is not null)));
    }

    private static async Task<int> SlotsAsync(SweepCluster cluster) =>
        (await cluster.Silo.Client.GetGrain<IWorkerPoolGrain>(0).ListAsync()).Sum(worker => worker.Slots);
}
