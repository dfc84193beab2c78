namespace Sweeper.Grains.Workers.Placement;

/// <summary>A device cannot be moved: its worker is where the device is. <see cref="NodePlacementDirector"/> does it.</summary>
[Serializable, GenerateSerializer, Immutable, Alias("Sweeper.NodePlacement")]
public sealed class NodePlacement : PlacementStrategy;
