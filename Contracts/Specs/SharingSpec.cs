namespace Sweeper.Contracts.Specs;

/// <summary>How a sweep shares the devices with others. It decides when and where jobs run, not what they are.</summary>
/// <param name="Priority">Sweeps of a higher priority are served first; -100 to 100, 0 unless said.</param>
/// <param name="Weight">Share of device time beside sweeps of the same priority, in proportion to theirs; 0.01 to 100.</param>
/// <param name="Preempt">
/// Whether jobs of a lower priority are handed back, with a checkpoint, where no slot is free for this sweep.
/// </param>
/// <param name="Together">
/// Jobs that start at the same moment or not at all, so that their wall times can be compared; at least 2; null: each for itself.
/// </param>
/// <param name="Needs">What a device must be for its jobs; null: any will do.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.SharingSpec")]
public sealed record SharingSpec(int Priority = 0, double Weight = 1, bool Preempt = false, int? Together = null, DeviceNeeds? Needs = null)
{
    /// <summary>An equal among equals.</summary>
    public static SharingSpec Default { get; } = new();
}
