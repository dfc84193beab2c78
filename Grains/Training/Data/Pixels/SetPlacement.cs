namespace Sweeper.Training.Data.Pixels;

/// <summary>Where the images of a set that fits into the machine's memory are kept.</summary>
internal enum SetPlacement
{
    /// <summary>On the device, where a batch is gathered without a copy over the bus.</summary>
    Device,

    /// <summary>In the machine's memory, for a device that has too little of its own; each batch is copied over.</summary>
    Host,
}

/// <summary>Decides where a set is kept.</summary>
internal static class SetPlacements
{
    /// <summary>Share of a device's free memory that a set may take; the rest is for networks, gradients and other trials.</summary>
    public const double Share = 0.5;

    /// <summary>Where a set is kept. Pure.</summary>
    /// <param name="setBytes">Bytes of the set.</param>
    /// <param name="freeBytes">Free memory of the device; null: not known, and it is tried there.</param>
    public static SetPlacement Of(long setBytes, long? freeBytes) =>
        freeBytes is { } free && setBytes > Share * free ? SetPlacement.Host : SetPlacement.Device;
}
