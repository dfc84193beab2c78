using Orleans.Runtime.Placement;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Workers.Placement;

/// <summary>Finds the silo of a worker's node; says at once where there is none, instead of placing the worker without its device.</summary>
internal sealed class NodePlacementDirector(DeviceHostOptions here, IClusterMembershipService membership) : IPlacementDirector
{
    /// <inheritdoc />
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        string key = target.GrainIdentity.Key.ToString() ?? "";
        string node = WorkerKey.Parse(key).Node;
        if (node == here.Node && context.LocalSiloStatus == SiloStatus.Active)
        {
            return Task.FromResult(context.LocalSilo);
        }

        // Of two lives of a node the later one has the device.
        SiloAddress? silo = context.GetCompatibleSilos(target)
            .Where(candidate => NameOf(candidate) == node)
            .MaxBy(candidate => candidate.Generation);
        return Task.FromResult(silo ?? throw new SiloUnavailableException($"Node {node} of worker {key} is not part of the cluster now."));
    }

    private string? NameOf(SiloAddress silo) => membership.CurrentSnapshot.Members.TryGetValue(silo, out ClusterMember? member) ? member.Name : null;
}
