using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>A result that the store has is not computed again, through the real grains and a real store.</summary>
public sealed class ReuseTests(SweepCluster cluster) : IClassFixture<SweepCluster>
{
    [Fact]
    public async Task Sweep_TrialsOfAnEarlierOne_TakesTheirResultsOverAndRunsTheRest()
    {
        await RunAsync(Seeded("first", 3, seed: 11));
        SweepSpec more = Seeded("second", 5, seed: 11) with { Limits = new LimitsSpec(Epochs: 4) };

        SweepResults second = await RunAsync(more);

        Assert.Equal(["T-0004", "T-0005"], cluster.ScriptOf("second").Started.Select(start => start.Job).Order(StringComparer.Ordinal));
        SweepResults first = await cluster.Results.GetAsync("first");
        Assert.Equal(first.Trials.Select(trial => trial.Outcome), second.Trials.Take(3).Select(trial => trial.Outcome));
        Assert.Equal(
            first.Trials.Select(trial => (JobKey?)new JobKey("first", JobKind.Trial, trial.Number)), second.Trials.Take(3).Select(trial => trial.Run!.ReusedFrom));
        Assert.All(second.Trials.Take(3), trial => Assert.Equal(0, trial.Attempts));
        Assert.All(second.Trials, trial => Assert.NotNull(trial.Score)); // the limit of 4 epochs holds for the two that ran
        Assert.Equal(4, (await cluster.Sweep("second").GetAsync()).EpochsSpent);
        JobCurves? curves = await cluster.Results.GetCurvesAsync(new JobKey("second", JobKind.Trial, 1));
        Assert.Equal([1, 2], curves!.Step);
        Assert.Contains(
            (await cluster.Sweep("second").GetAsync()).Events, line => line.Text.StartsWith("T-0001 reused from sweep first, T-0001: validation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sweep_RangeTestsOfAnEarlierOne_TakesThemOver()
    {
        SweepSpec spec = SweepCluster.RangeTested("tests-a");
        spec = spec with { Seed = 12, Search = spec.Search with { Reuse = true } };
        await RunAsync(spec);

        SweepResults again = await RunAsync(spec with { Name = "tests-b", Training = spec.Training with { Epochs = 3 } });

        Assert.All(again.Cells, cell => Assert.Equal(new JobKey("tests-a", JobKind.RangeTest, cell.Number), cell.Run!.ReusedFrom));
        Assert.All(again.Trials, trial => Assert.Null(trial.Run!.ReusedFrom)); // another length
        Assert.DoesNotContain(cluster.ScriptOf("tests-b").Started, start => start.Job.StartsWith('R'));
    }

    [Fact]
    public async Task Sweep_ReuseSwitchedOff_RunsEverything()
    {
        await RunAsync(Seeded("off-a", 2, seed: 13));
        SweepSpec spec = Seeded("off-b", 2, seed: 13);

        SweepResults results = await RunAsync(spec with { Search = spec.Search with { Reuse = false } });

        Assert.All(results.Trials, trial => Assert.Null(trial.Run!.ReusedFrom));
    }

    [Fact]
    public async Task Sweep_ByAMetricThatAStoredResultLacks_RunsTheTrialAndTakesOverOneThatHasIt()
    {
        await RunAsync(Seeded("of-old", 1, seed: 19)); // accuracy and loss alone, as earlier versions measured
        cluster.ScriptOf("by-f1").End = ticket => new JobOutcome.Trained(
            new TrialScore(0.1, 0.2, 0.9, 0.2, 0.8, "hash", new TrialMetrics(0.2, null, 0.85, 0.84), new TrialMetrics(0.2, null, 0.75, 0.74)));

        SweepResults first = await RunAsync(By("by-f1", Metric.MacroF1));
        SweepResults second = await RunAsync(By("by-loss", Metric.LogLoss));

        Assert.Null(Assert.Single(first.Trials).Run!.ReusedFrom);
        Assert.Equal(new JobKey("by-f1", JobKind.Trial, 1), Assert.Single(second.Trials).Run!.ReusedFrom);

        static SweepSpec By(string name, Metric metric)
        {
            SweepSpec spec = Seeded(name, 1, seed: 19);
            return spec with { Search = spec.Search with { Objective = metric } };
        }
    }

    [Fact]
    public async Task Sweep_OtherPlatformOrData_RunsEverything()
    {
        await RunAsync(Seeded("here", 1, seed: 14));
        cluster.ScriptOf("there").Identity = new EngineIdentity("another processor", "00");
        cluster.ScriptOf("images").Identity = new EngineIdentity(SweepScript.Platform, "01");
        cluster.ScriptOf("unknown").Identity = null;
        foreach (string name in new[] { "there", "images", "unknown" })
        {
            Assert.Null(Assert.Single((await RunAsync(Seeded(name, 1, seed: 14))).Trials).Run!.ReusedFrom);
        }
    }

    [Fact]
    public async Task Sweep_EarlierFailuresAndStops_AreRunAndDivergencesTakenOver()
    {
        cluster.ScriptOf("ends-a").End = ticket => ticket.Key.Number switch
        {
            1 => new JobOutcome.Failed("the disk is full"),
            2 => new JobOutcome.OutOfMemory("too large"),
            3 => new JobOutcome.Diverged(7, 0.5, "the loss is NaN"),
            _ => SweepScript.Well(ticket),
        };
        await RunAsync(Seeded("ends-a", 3, seed: 15));

        SweepResults results = await RunAsync(Seeded("ends-b", 3, seed: 15));

        Assert.Equal([false, false, true], results.Trials.Select(trial => trial.Run!.ReusedFrom is not null));
        Assert.Equal(new JobOutcome.Diverged(7, 0.5, "the loss is NaN"), results.Trials[2].Outcome);

        Assert.True((await cluster.Sweep("ends-a").RetryAsync([])).Done);
        cluster.ScriptOf("ends-a").End = SweepScript.Well;
        SweepResults retried = await cluster.EndAsync("ends-a");
        Assert.Equal(new JobKey("ends-b", JobKind.Trial, 1), retried.Trials[0].Run!.ReusedFrom); // no failure of its own
    }

    [Fact]
    public async Task Sweep_ResultWithAnAudit_TakesTheScoreAndNotTheAudit()
    {
        var score = ((JobOutcome.Trained)SweepScript.Well(new JobTicket(new JobKey("x", JobKind.Trial, 1), 1, 1, new Configuration(0.1, 32, 0, 0), 1, SweepCluster.Trials("x", 1)))).Score;
        cluster.ScriptOf("audited").End = _ => new JobOutcome.Trained(score, new StopEvidence("same_phase", 0.7, 0.5, 0.9, "it cannot win"));
        await RunAsync(Seeded("audited", 1, seed: 18));

        Assert.Equal(new JobOutcome.Trained(score), (await RunAsync(Seeded("unaudited", 1, seed: 18))).Trials[0].Outcome);
    }

    [Fact]
    public async Task Sweep_ResultReusedTwice_NamesTheJobThatRan()
    {
        await RunAsync(Seeded("origin", 1, seed: 16));
        await RunAsync(Seeded("copy", 1, seed: 16));
        await cluster.Sweep("origin").DeleteAsync();

        SweepResults results = await RunAsync(Seeded("copy-of-copy", 1, seed: 16));

        Assert.Equal(new JobKey("origin", JobKind.Trial, 1), results.Trials[0].Run!.ReusedFrom);
    }

    [Fact]
    public async Task Coordinator_FoldsItsEventsAnew_KnowsWhatWasReusedWithoutTheSource()
    {
        await RunAsync(Seeded("source", 2, seed: 17));
        SweepResults before = await RunAsync(Seeded("folded", 2, seed: 17));
        await cluster.Sweep("source").DeleteAsync();

        await cluster.Silo.DeactivateAsync(cluster.Sweep("folded"));

        Assert.Equal(before.Trials, await cluster.Sweep("folded").GetTrialsAsync());
    }

    private async Task<SweepResults> RunAsync(SweepSpec spec)
    {
        await cluster.SubmitAsync(spec);
        return await cluster.EndAsync(spec.Name);
    }

    /// <summary>A spec that may reuse, with a seed of its own so that no other test's trials are the same.</summary>
    private static SweepSpec Seeded(string name, int trials, int seed)
    {
        SweepSpec spec = SweepCluster.Trials(name, trials);
        return spec with { Seed = seed, Search = spec.Search with { Reuse = true } };
    }
}
