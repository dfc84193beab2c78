using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>Faults on the way: nothing is lost, nothing runs twice, nobody has to help.</summary>
public sealed class SweepRecoveryTests(SweepCluster cluster) : IClassFixture<SweepCluster>
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Store_AwayForAWhile_SweepGoesOnByItself(int failures)
    {
        string name = $"away{failures}";
        SweepScript script = cluster.ScriptOf(name);
        script.Gated = true;
        await cluster.SubmitAsync(SweepCluster.Trials(name, 8));
        await cluster.UntilAsync(name, view => view.Running.Length == 4);

        cluster.Store.FailWrites(name, failures);
        script.Open();

        SweepResults results = await cluster.EndAsync(name);
        Assert.Equal(8, results.Trials.Count(trial => trial.Score is not null));
        AssertNoneRepeated(script);
    }

    [Fact]
    public async Task Store_AwayWhileNothingRuns_SweepGoesOnByItself()
    {
        SweepScript blocker = cluster.ScriptOf("blocker");
        blocker.Gated = true;
        await cluster.SubmitAsync(SweepCluster.Trials("blocker", 4));
        await cluster.UntilAsync("blocker", view => view.Running.Length == 4);
        await cluster.SubmitAsync(SweepCluster.Trials("idle", 3));

        cluster.Store.FailWrites("idle", 2);
        blocker.Open();

        Assert.Equal(3, (await cluster.EndAsync("idle")).Trials.Count(trial => trial.Score is not null));
    }

    [Fact]
    public async Task Store_LosesItsAnswers_NothingRunsTwiceAfterItsEnd()
    {
        SweepScript script = cluster.ScriptOf("answers");
        script.Gated = true;
        await cluster.SubmitAsync(SweepCluster.Trials("answers", 8));
        await cluster.UntilAsync("answers", view => view.Running.Length == 4);

        cluster.Store.LoseAnswers("answers", 3);
        script.Open();

        SweepResults results = await cluster.EndAsync("answers");
        Assert.Equal(8, results.Trials.Count(trial => trial.Score is not null));
        await AssertEventsWithoutGapsAsync("answers");
    }

    [Fact]
    public async Task Store_AwayAtTheFirstWrite_RefusesAndTakesTheNextSubmit()
    {
        cluster.Store.FailWrites("first", 1);
        StoreUnavailableException error = await Assert.ThrowsAsync<StoreUnavailableException>(() => cluster.SubmitAsync(SweepCluster.Trials("first", 2)));
        Assert.Equal("The store is away.", error.Message);
        await Assert.ThrowsAsync<SweepNotFoundException>(() => cluster.Sweep("first").GetAsync());

        await cluster.SubmitAsync(SweepCluster.Trials("first", 2));

        Assert.Equal(2, (await cluster.EndAsync("first")).Trials.Count(trial => trial.Score is not null));
    }

    [Fact]
    public async Task Store_LosesTheAnswerToTheFirstWrite_TheNextSubmitGoesOn()
    {
        cluster.Store.LoseAnswers("unsure", 1);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => cluster.SubmitAsync(SweepCluster.Trials("unsure", 2)));

        await cluster.SubmitAsync(SweepCluster.Trials("unsure", 2));

        Assert.Equal(2, (await cluster.EndAsync("unsure")).Trials.Count(trial => trial.Score is not null));
        await AssertEventsWithoutGapsAsync("unsure");
    }

    [Fact]
    public async Task Coordinator_DeactivatedWhileJobsRun_IsTakenUpByTheirReports()
    {
        SweepScript script = cluster.ScriptOf("moved");
        script.Gated = true;
        await cluster.SubmitAsync(SweepCluster.Trials("moved", 8));
        await cluster.UntilAsync("moved", view => view.Running.Length == 4);

        await cluster.Silo.DeactivateAsync(cluster.Sweep("moved"));
        script.Open();

        SweepResults results = await cluster.EndAsync("moved");
        Assert.Equal(8, results.Trials.Count(trial => trial.Score is not null));
        AssertNoneRepeated(script);
        Assert.All(results.Trials, trial => Assert.Equal(1, trial.Attempts));
    }

    [Fact]
    public async Task Coordinator_DeactivatedTimeAndAgain_LosesNothing()
    {
        SweepScript script = cluster.ScriptOf("restless");
        await cluster.SubmitAsync(SweepCluster.Trials("restless", 40));
        for (int time = 0; time < 5; time++)
        {
            await cluster.Silo.DeactivateAsync(cluster.Sweep("restless"));
            await cluster.Sweep("restless").ResumeAsync();
        }

        SweepResults results = await cluster.EndAsync("restless");

        Assert.Equal(40, results.Trials.Count(trial => trial.Score is not null));
        await AssertEventsWithoutGapsAsync("restless");
    }

    private static void AssertNoneRepeated(SweepScript script) =>
        Assert.Equal(script.Started.Count, script.Started.Select(start => start.Job).Distinct().Count());

    /// <summary>Every event is stored once, in order, and no attempt starts after its job had ended.</summary>
    private async Task AssertEventsWithoutGapsAsync(string name)
    {
        StoredSweep? stored = await cluster.Store.ReadEventsAsync(name, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, stored!.Events.Length).Select(number => (long)number), stored.Events.Select(row => row.Sequence));
        var ended = stored.Events.Where(row => row.Kind == "JobEnded").Select(row => row.Payload[..row.Payload.IndexOf("\"outcome\"", StringComparison.Ordinal)]).ToList();
        Assert.Equal(ended.Count, ended.Distinct().Count());
    }
}
