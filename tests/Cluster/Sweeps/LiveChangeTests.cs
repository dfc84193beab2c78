using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>Limits, extensions, configurations of one's own and generations through the grains and the store.</summary>
public sealed class LiveChangeTests(SweepCluster cluster) : IClassFixture<SweepCluster>
{
    [Fact]
    public async Task Changes_CompletedSweep_GoOnAreStoredAndSurviveTheCoordinator()
    {
        SweepSpec spec = SweepCluster.Trials("changed", 2);
        await cluster.SubmitAsync(spec);
        await cluster.EndAsync("changed");

        Assert.Equal("extended by 1 seed", (await cluster.Sweep("changed").ExtendAsync(0, 1, "anna@host")).Message);
        await cluster.EndAsync("changed");
        ControlResult enqueued = await cluster.Sweep("changed").EnqueueAsync(new Configuration(0.5, 32, 0, 0), 2, "anna@host");
        Assert.StartsWith("T-0005, T-0006: ", enqueued.Message, StringComparison.Ordinal);
        await cluster.EndAsync("changed");
        Assert.Equal("limits.max_parallel: none -> 3", (await cluster.Sweep("changed").SetLimitsAsync(new LimitsSpec(MaxParallel: 3), "anna@host")).Message);
        await cluster.Silo.DeactivateAsync(cluster.Sweep("changed"));

        SweepResults results = await cluster.Results.GetAsync("changed");
        Assert.Equal(6, results.Trials.Count(trial => trial.Score is not null));
        Assert.Equal((2, 3), (results.Spec.Search.Seeds, results.Spec.Limits.MaxParallel!.Value));
        Assert.Equal(
            ["extended by 1 seed, by anna@host", "lr 0.5 · batch 32 · wd 0e+0 · dropout 0, 2 seeds, put in front of the queue by anna@host", "limits.max_parallel: none -> 3, by anna@host"],
            results.Changes.Select(change => change.Text));
        Assert.Equal(results.Trials, await cluster.Sweep("changed").GetTrialsAsync());
        Assert.Equal(SubmitStatus.AlreadyEnded, (await cluster.Sweep("changed").SubmitAsync(spec)).Status); // the file need not follow
    }

    [Fact]
    public async Task Enqueue_RunningSweep_IsTheNextToStart()
    {
        SweepScript script = cluster.ScriptOf("queue");
        script.Gated = true;
        await cluster.SubmitAsync(SweepCluster.Trials("queue", 9));
        await cluster.UntilAsync("queue", view => view.Running.Length == 4);

        Assert.True((await cluster.Sweep("queue").EnqueueAsync(new Configuration(0.5, 32, 0, 0), 1, "anna@host")).Done);
        script.Pass();
        await cluster.UntilAsync("queue", view => view.Running.Any(job => job.Key.Number == 10));

        script.Open();
        await cluster.EndAsync("queue");
        Assert.Equal("T-0010", script.Started.ElementAt(4).Job);
    }

    [Fact]
    public async Task Extend_WithoutSense_SaysWhyAndChangesNothing()
    {
        await cluster.SubmitAsync(SweepCluster.Trials("grid", 2));
        SweepResults before = await cluster.EndAsync("grid");

        ControlResult refused = await cluster.Sweep("grid").ExtendAsync(5, 0, "anna@host");

        Assert.False(refused.Done);
        Assert.Contains("a grid has as many configurations as its space", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before.Summary, (await cluster.Results.GetAsync("grid")).Summary);
    }

    [Fact]
    public async Task Submit_Generation_IsListedWithWhatChanged()
    {
        await cluster.SubmitAsync(SweepCluster.Trials("line", 1));
        SweepSpec changed = SweepCluster.Trials("line.2", 2);

        SubmitResult result = await cluster.Sweep("line.2").SubmitAsync(changed, new SweepGeneration("line", 2, "search.space.max_lr: 0.001 -> [0.001, 0.002]"));

        Assert.Equal(SubmitStatus.Created, result.Status);
        await cluster.EndAsync("line.2");
        SweepSummary row = Assert.Single(await cluster.Results.ListAsync(), sweep => sweep.Name == "line.2");
        Assert.Equal(("line", 2), (row.GenerationOf, row.Generation!.Value));
        Assert.Equal(
            "generation 2 of line: search.space.max_lr: 0.001 -> [0.001, 0.002]", Assert.Single((await cluster.Results.GetAsync("line.2")).Changes).Text);
    }
}
