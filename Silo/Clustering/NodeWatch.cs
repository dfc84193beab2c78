using Sweeper.Contracts.Workers;

namespace Sweeper.Silo.Clustering;

/// <summary>Tells the pool of every silo that the cluster declares dead: sooner than its silence would.</summary>
internal sealed partial class NodeWatch(IClusterMembershipService membership, IGrainFactory grains, ILogger<NodeWatch> logger) : BackgroundService
{
    private const int Tries = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        HashSet<SiloAddress> alive = [];
        await foreach (ClusterMembershipSnapshot now in membership.MembershipUpdates.WithCancellation(stoppingToken))
        {
            foreach (ClusterMember member in now.Members.Values)
            {
                if (member.Status == SiloStatus.Dead)
                {
                    if (alive.Remove(member.SiloAddress))
                    {
                        _ = TellAsync(member, stoppingToken);
                    }
                }
                else if (member.Status == SiloStatus.Active)
                {
                    alive.Add(member.SiloAddress);
                }
            }
        }
    }

    /// <summary>The pool may have been on the silo that died: then its successor is told.</summary>
    private async Task TellAsync(ClusterMember dead, CancellationToken stop)
    {
        for (int attempt = 1; attempt <= Tries; attempt++)
        {
            try
            {
                await grains.GetGrain<IWorkerPoolGrain>(0).LoseAsync(dead.Name, dead.SiloAddress.Generation);
                return;
            }
            catch (Exception error) when (error is OrleansException or TimeoutException)
            {
                LogNotTold(dead.Name, error);
            }

            await Task.Delay(Pause, stop);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pool could not be told that the silo of node {Node} is dead")]
    private partial void LogNotTold(string node, Exception error);
}
