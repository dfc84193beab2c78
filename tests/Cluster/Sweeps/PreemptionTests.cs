using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers.Sharing;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>Priorities through coordinators, pool and workers.</summary>
public sealed class PreemptionTests : IAsyncLifetime
{
    private readonly SweepCluster _cluster = SweepCluster.Under(SharingRules.Usual with { YieldAfter = TimeSpan.Zero });

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Submit_UrgentSweepThatPreempts_TakesTheSlotsAndTheOthersGoOnAfterwards()
    {
        SweepScript usual = _cluster.ScriptOf("usual"), urgent = _cluster.ScriptOf("urgent");
        usual.Gated = urgent.Gated = true;
        await _cluster.SubmitAsync(SweepCluster.Trials("usual", 5));
        await _cluster.UntilAsync("usual", view => view.Running.Length == 4);

        await _cluster.SubmitAsync(SweepCluster.Trials("urgent", 3) with { Sharing = new SharingSpec(Priority: 5, Preempt: true) });
        await _cluster.UntilAsync("urgent", view => view.Running.Length == 3);
        SweepView pressed = await _cluster.UntilAsync("usual", view => view.Running.Length <= 1);
        ImmutableArray<SweepShare> shares = await _cluster.Silo.Client.GetGrain<IWorkerPoolGrain>(0).GetSharesAsync();
        urgent.Open();
        await _cluster.EndAsync("urgent");
        usual.Open();
        SweepResults results = await _cluster.EndAsync("usual");

        Assert.Contains(pressed.Events, line => line.Text.Contains("makes room for urgent", StringComparison.Ordinal));
        Assert.Equal((5, 3), (shares.Single(share => share.Sweep == "urgent").Priority, shares.Single(share => share.Sweep == "urgent").Held));
        Assert.Equal("a free slot", shares.Single(share => share.Sweep == "usual").WaitsFor);
        Assert.All(results.Trials, trial => Assert.Equal(JobStatus.Done, trial.Status));
        Assert.InRange(results.Trials.Count(trial => trial.Attempts == 2), 3, 4); // none of which counts as lost
    }

    [Fact]
    public async Task Set_PriorityOfARunningSweep_ChangesWhoComesNext()
    {
        SweepScript first = _cluster.ScriptOf("first"), second = _cluster.ScriptOf("second");
        first.Gated = second.Gated = true;
        await _cluster.SubmitAsync(SweepCluster.Trials("first", 9));
        await _cluster.UntilAsync("first", view => view.Running.Length == 4);
        await _cluster.SubmitAsync(SweepCluster.Trials("second", 3));

        ControlResult set = await _cluster.Sweep("first").SetLimitsAsync(new LimitsSpec(), "anna@host", new SharingSpec(Priority: 1));
        Assert.Equal("sharing.priority: 0 -> 1", set.Message);
        first.Pass(2);
        await _cluster.UntilAsync("first", view => view.Counts.Completed == 2 && view.Running.Length == 4);

        Assert.Empty(second.Started);
        first.Open();
        second.Open();
        await _cluster.EndAsync("first");
        await _cluster.EndAsync("second");
        Assert.Equal(new SharingSpec(Priority: 1), (await _cluster.Results.GetAsync("first")).Spec.Sharing);
    }
}
