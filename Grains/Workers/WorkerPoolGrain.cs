using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Telemetry;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Store;
using Sweeper.Grains.Workers.Sharing;

namespace Sweeper.Grains.Workers;

/// <summary>
/// The cluster's slots. Announcements and wishes are repeated and rebuild it; only the device time of users is durable, for their
/// quotas.
/// </summary>
[KeepAlive]
internal sealed partial class WorkerPoolGrain : Grain, IWorkerPoolGrain
{
    /// <summary>Silence after which a node counts as lost.</summary>
    public static readonly TimeSpan NodeTimeout = TimeSpan.FromSeconds(15);

    private readonly DeviceTimeLedger _ledger = new();
    private readonly DeviceTimeKeeper _keeper;
    private readonly SlotAllocator _slots;
    private readonly NodeGenerations _generations = new();
    private readonly TimeProvider _clock;
    private readonly ILogger<WorkerPoolGrain> _logger;

    /// <summary>Not awaited by a turn: while the store is away, nodes must be heard.</summary>
    private Task _keeping = Task.CompletedTask;

    public WorkerPoolGrain(SharingRules sharing, ISweepStore store, TimeProvider clock, ILogger<WorkerPoolGrain> logger)
    {
        _clock = clock;
        _logger = logger;
        _slots = new SlotAllocator(sharing, _ledger);
        _keeper = new DeviceTimeKeeper(_ledger, store.DeviceTime, clock, logger);
    }

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(WatchNodesAsync, new GrainTimerCreationOptions(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2)) { KeepAlive = true });
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        PoolGauges.Clear();
        _slots.NoteDeviceTime(_clock.GetUtcNow());
        await _keeper.KeepAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task AnnounceAsync(ImmutableArray<WorkerAnnouncement> workers)
    {
        if (!Meet(workers))
        {
            return Task.CompletedTask;
        }

        foreach (HeldLease lease in _slots.Announce(workers, _clock.GetUtcNow()))
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
    public Task LoseAsync(string node, int generation)
    {
        _generations.Bury(node, generation);
        if (_generations.Is(node, generation))
        {
            LogNodeDied(node);
            Instruments.NodesLost.Add(1);
            Forget(node, $"the silo of node {node} died", died: true);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task WantAsync(string sweep, SlotWish wish)
    {
        _slots.Want(sweep, wish, _clock.GetUtcNow());
        Grant();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<ImmutableArray<SweepShare>> GetSharesAsync() => Task.FromResult(_slots.Shares(_clock.GetUtcNow()));

    /// <inheritdoc />
    public Task<ImmutableArray<WorkerStatus>> ListAsync() => Task.FromResult(_slots.Workers);

    private async Task WatchNodesAsync(CancellationToken stop)
    {
        foreach (string node in _slots.SilentSince(_clock.GetUtcNow() - NodeTimeout))
        {
            LogNodeLost(node);
            Instruments.NodesLost.Add(1);
            Forget(node, $"node {node} fell silent");
        }

        Grant(); // time alone can change whose turn it is
        _slots.NoteDeviceTime(_clock.GetUtcNow());
        if (_keeping.IsCompleted)
        {
            await _keeping; // what went wrong is said here
            _keeping = _keeper.TickAsync(stop);
        }
    }

    /// <summary>Notes which silo of a node speaks. What an earlier one held is lost.</summary>
    /// <returns>False for a silo that has a successor: it has been given up, and nobody is to hear it.</returns>
    private bool Meet(ImmutableArray<WorkerAnnouncement> workers)
    {
        if (workers.IsEmpty)
        {
            return true;
        }

        string node = workers[0].Status.Key.Node;
        switch (_generations.Meet(node, workers[0].Generation))
        {
            case NodeGeneration.Earlier:
                return false;
            case NodeGeneration.Later:
                Forget(node, $"the silo of node {node} was started anew", died: true);
                _generations.Meet(node, workers[0].Generation);
                return true;
            default:
                return true;
        }
    }

    private void Forget(string node, string reason, bool died = false)
    {
        _generations.Forget(node);
        foreach (HeldLease lease in _slots.Forget(node, _clock.GetUtcNow()))
        {
            _ = TellAsync(lease, reason, died);
        }

        Show();
    }

    private void Show() => PoolGauges.Set(_slots.WorkerCount, _slots.SlotCount);

    private void Grant()
    {
        foreach ((string sweep, SlotLease lease) in _slots.Grant(() => Random.Shared.NextInt64(1, long.MaxValue), _clock.GetUtcNow()))
        {
            _ = GrantAsync(sweep, lease);
        }

        foreach (string sweep in _slots.PrefetchEnds(_clock.GetUtcNow()))
        {
            _ = EndPrefetchAsync(sweep);
        }

        foreach ((HeldLease lease, string sweep) in _slots.Yields(_clock.GetUtcNow()))
        {
            _ = AskToYieldAsync(lease, sweep);
        }
    }

    /// <summary>Not awaited by the turn that grants: the sweep calls back into this grain.</summary>
    private async Task GrantAsync(string sweep, SlotLease lease)
    {
        try
        {
            await GrainFactory.GetGrain<ISweepReports>(sweep).GrantAsync(lease with { Generation = _generations.Of(lease.Worker.Node) });
        }
        catch (Exception error) // Whatever kept the grant from its sweep, the slot must not be lost with it.
        {
            LogGrantFailed(sweep, lease.Worker.ToString(), error);
            _slots.Revoke(lease.Id, _clock.GetUtcNow());
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

    private async Task EndPrefetchAsync(string sweep)
    {
        try
        {
            await GrainFactory.GetGrain<ISweepReports>(sweep).EndPrefetchAsync();
        }
        catch (Exception error) // It is told again where that is still so then.
        {
            LogTellFailed(sweep, "it is to keep no slot for its next job", error);
        }
    }

    private async Task TellAsync(HeldLease lease, string reason, bool died = false)
    {
        try
        {
            await GrainFactory.GetGrain<ISweepReports>(lease.Sweep).LoseAsync(lease.Id, reason, died);
        }
        catch (Exception error) // The sweep learns of it at its next activation: it asks the worker itself.
        {
            LogTellFailed(lease.Sweep, reason, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Node {Node} fell silent; its slots are taken back")]
    private partial void LogNodeLost(string node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The silo of node {Node} is dead; its slots are taken back")]
    private partial void LogNodeDied(string node);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A slot of {Worker} could not be granted to sweep {Sweep}")]
    private partial void LogGrantFailed(string sweep, string worker, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep {Sweep} could not be told: {Reason}")]
    private partial void LogTellFailed(string sweep, string reason, Exception error);
}
