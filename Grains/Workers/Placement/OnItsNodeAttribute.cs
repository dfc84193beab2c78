using Orleans.Placement;

namespace Sweeper.Grains.Workers.Placement;

/// <summary>Places a grain with the key <c>node/device</c> on the silo of that node, and nowhere else.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OnItsNodeAttribute() : PlacementAttribute(new NodePlacement());
