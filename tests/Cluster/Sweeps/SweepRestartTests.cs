using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>A silo ends in good order and another one goes on.</summary>
public sealed class SweepRestartTests
{
    [Fact]
    public async Task Silo_EndsWhileJobsRun_HandsThemBackOnceAndTheNextGoesOn()
    {
        await using var first = new SweepCluster();
        await first.InitializeAsync();
        SweepScript script = first.ScriptOf("handed");
        script.Gated = true;
        await first.SubmitAsync(SweepCluster.Trials("handed", 6));
        await first.UntilAsync("handed", view => view.Running.Length == 4);

        await first.StopAsync();
        StoredSweep? stored = await first.Store.ReadEventsAsync("handed", TestContext.Current.CancellationToken);

        Assert.Equal(4, stored!.Events.Count(row => row.Kind == "JobLost" && row.Payload.Contains("\"handed_back\":true", StringComparison.Ordinal)));
        Assert.Equal(4, stored.Events.Count(row => row.Kind == "SlotGranted")); // no job is offered to the silo that leaves
        Assert.Empty(script.Forgotten);

        await using SweepCluster second = first.Next();
        await second.InitializeAsync();
        Assert.Equal(6, (await second.Sweep("handed").GetAsync()).Counts.Ready);
        await second.SubmitAsync(SweepCluster.Trials("handed", 6));
        SweepResults results = await second.EndAsync("handed");
        Assert.Equal(6, results.Trials.Count(trial => trial.Score is not null));
        Assert.Equal([2, 2, 2, 2, 1, 1], results.Trials.Select(trial => trial.Attempts));
    }

    [Fact]
    public async Task Silo_StartsWithAnOpenSweep_TouchesItOnlyWhenAsked()
    {
        await using var first = new SweepCluster();
        await first.InitializeAsync();
        first.ScriptOf("open").Gated = true;
        await first.SubmitAsync(SweepCluster.Trials("open", 2));
        await first.UntilAsync("open", view => view.Running.Length == 2);
        await first.StopAsync();

        await using SweepCluster second = first.Next();
        await second.InitializeAsync();
        SweepView view = await second.Sweep("open").GetAsync();
        Assert.Equal((SweepStatus.Running, 2, 0), (view.Status, view.Counts.Ready, view.Running.Length));
        Assert.Empty(second.ScriptOf("open").Started);

        Assert.True((await second.Sweep("open").ResumeAsync()).Done);
        Assert.Equal(2, (await second.EndAsync("open")).Trials.Count(trial => trial.Outcome is JobOutcome.Trained));
    }
}
