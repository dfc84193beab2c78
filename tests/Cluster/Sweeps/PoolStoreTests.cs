using Sweeper.Contracts.Workers;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>The pool and a store that does not answer.</summary>
public sealed class PoolStoreTests : IAsyncLifetime
{
    private readonly SweepCluster _cluster = new();
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async ValueTask InitializeAsync()
    {
        _cluster.Store.DeviceTimeGate = _gate;
        await _cluster.InitializeAsync();
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Store_DoesNotAnswer_ThePoolStillHearsItsNodesAndGrantsSlots()
    {
        await _cluster.Store.DeviceTimeAsked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(SweepCluster.Devices, (await _cluster.Silo.Client.GetGrain<IWorkerPoolGrain>(0).ListAsync().WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).Length);
        await _cluster.SubmitAsync(SweepCluster.Trials("granted", 3));
        Assert.Equal(3, (await _cluster.EndAsync("granted")).Trials.Count(trial => trial.Score is not null));
        _gate.SetResult();
    }
}
