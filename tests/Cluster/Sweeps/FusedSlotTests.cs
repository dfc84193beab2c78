using Sweeper.Contracts.Sweeps;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>Devices that find out, while they work, how many jobs of a sweep each of their slots takes at once.</summary>
public sealed class FusedSlotTests
{
    [Fact]
    public async Task Devices_ThatTakeMoreJobsInASlotThanAtFirst_AreGivenThemAndGiveThemUpAgain()
    {
        await using var cluster = new SweepCluster();
        await cluster.InitializeAsync();
        SweepScript script = cluster.ScriptOf("fused");
        script.Gated = true;
        await cluster.SubmitAsync(SweepCluster.Trials("fused", 30));
        const int Usual = SweepCluster.Devices * SweepCluster.Slots;
        await cluster.UntilAsync("fused", view => view.Running.Length == Usual);

        SetJobsPerSlot(3);
        SweepView wide = await cluster.UntilAsync("fused", view => view.Running.Length == 3 * Usual);
        Assert.Equal(2, wide.Running.GroupBy(job => job.Worker).Count(worker => worker.Count() == 3 * SweepCluster.Slots));

        // Nothing that runs is taken away; only as many as there are slots start again.
        SetJobsPerSlot(1);
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        Assert.Equal(3 * Usual, (await cluster.Sweep("fused").GetAsync()).Running.Length);
        script.Pass(3 * Usual);
        await cluster.UntilAsync("fused", view => view.Running.Length == Usual && view.Counts.Completed == 3 * Usual);
        script.Open();
        SweepResults results = await cluster.EndAsync("fused");

        Assert.Equal(30, results.Trials.Count(trial => trial.Score is not null));
        Assert.Equal(30, script.Started.Distinct().Count());
        Assert.All(cluster.Simulated.Engines, device => Assert.Equal(3 * SweepCluster.Slots, device.Engine.Most));

        void SetJobsPerSlot(int jobs)
        {
            foreach ((_, SimulatedEngine engine) in cluster.Simulated.Engines)
            {
                engine.JobsPerSlot = jobs;
            }
        }
    }
}
