using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Telemetry;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers.Sharing;

namespace Sweeper.Grains.Workers;

/// <summary>The cluster's slots. It keeps nothing durable: announcements and wishes are repeated and rebuild it.</summary>
[KeepAlive]
internal sealed partial class WorkerPoolGrain(SharingRules sharing, TimeProvider clock, ILogger<WorkerPoolGrain> logger) : Grain, IWorkerPoolGrain
{
    /// <summary>Silence after which a node counts as lost.</summary>
    public static readonly TimeSpan NodeTimeout = TimeSpan.FromSeconds(15);

    private readonly SlotAllocator _slots = new(sharing);

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(WatchNodesAsync, new GrainTimerCreationOptions(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)) { KeepAlive = true });
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        PoolGauges.Clear();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task AnnounceAsync(ImmutableArray<WorkerAnnouncement> workers)
    {
        foreach (HeldLease lease in _slots.Announce(workers, clock.GetUtcNow()))
        {
            _ = TellAsync(lease, "its worker does not have it");
        }

        Grant();
        Show();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task LeaveAsync(string node)
    {
        Forget(node, $"node {node} left");
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task WantAsync(string sweep, SlotWish wish)
    {
        _slots.Want(sweep, wish, clock.GetUtcNow());
        Grant();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<ImmutableArray<SweepShare>> GetSharesAsync() => Task.FromResult(_slots.Shares(clock.GetUtcNow()));

    /// <inheritdoc />
    public Task<ImmutableArray<WorkerStatus>> ListAsync() => Task.FromResult(_slots.Workers);

    private Task WatchNodesAsync(CancellationToken stop)
    {
        foreach (string node in _slots.SilentSince(clock.GetUtcNow() - NodeTimeout))
        {
            LogNodeLost(node);
            Instruments.NodesLost.Add(1);
            Forget(node, $"node {node} fell silent");
        }

        Grant(); // time alone can change whose turn it is
        return Task.CompletedTask;
    }

    private void Forget(string node, string reason)
    {
        foreach (HeldLease lease in _slots.Forget(node, clock.GetUtcNow()))
        {
            _ = TellAsync(lease, reason);
        }

        Show();
    }

    private void Show() => PoolGauges.Set(_slots.Workers.Length, _slots.Workers.Sum(worker => worker.Slots));

    private void Grant()
    {
        foreach ((string sweep, SlotLease lease) in _slots.Grant(() => Random.Shared.NextInt64(1, long.MaxValue), clock.GetUtcNow()))
        {
            _ = GrantAsync(sweep, lease);
        }

        foreach ((HeldLease lease, string sweep) in _slots.Yields(clock.GetUtcNow()))
        {
            _ = AskToYieldAsync(lease, sweep);
        }
    }

    /// <summary>Not awaited by the turn that grants: the sweep calls back into this grain.</summary>
    private async Task GrantAsync(string sweep, SlotLease lease)
    {
        try
        {
            await GrainFactory.GetGrain<ISweepReports>(sweep).GrantAsync(lease);
        }
        catch (Exception error) // Whatever kept the grant from its sweep, the slot must not be lost with it.
        {
            LogGrantFailed(sweep, lease.Worker.ToString(), error);
            _slots.Revoke(lease.Id, clock.GetUtcNow());
        }
    }

    private async Task AskToYieldAsync(HeldLease lease, string sweep)
    {
        try
        {
            await GrainFactory.GetGrain<ISweepReports>(lease.Sweep).YieldAsync(lease.Id, $"makes room for {sweep}, whose priority is higher");
        }
        catch (Exception error) // It is asked again where the slot is still wanted then.
        {
            LogTellFailed(lease.Sweep, $"it is to make room for {sweep}", error);
        }
    }

    private async Task TellAsync(HeldLease lease, string reason)
    {
        try
        {
            await GrainFactory.GetGrain<ISweepReports>(lease.Sweep).LoseAsync(lease.Id, reason);
        }
        catch (Exception error) // The sweep learns of it at its next activation: it asks the worker itself.
        {
            LogTellFailed(lease.Sweep, reason, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node} fell silent; its slots are taken back")]
    private partial void LogNodeLost(string node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A slot of {Worker} could not be granted to sweep {Sweep}")]
    private partial void LogGrantFailed(string sweep, string worker, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep {Sweep} could not be told that a slot is lost: {Reason}")]
    private partial void LogTellFailed(string sweep, string reason, Exception error);
}
