namespace Sweeper.Grains.Workers.Sharing;

/// <summary>What one user may hold at once.</summary>
/// <param name="Devices">Most devices; a slot counts as its part of its device; greater than 0; null: no limit.</param>
/// <param name="Jobs">Most jobs; at least 1; null: no limit.</param>
public sealed record SlotQuota(double? Devices = null, int? Jobs = null)
{
    /// <summary>Parts of devices add up to whole ones to within this: three thirds are one.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Further slots that a user may have.</summary>
    /// <param name="held">What the user holds.</param>
    /// <param name="share">Each slot's part of its device.</param>
    internal int Room(Holding held, double share)
    {
        double byDevices = Devices is { } devices ? Math.Floor((devices - held.Devices) / share + Rounding) : int.MaxValue;
        return Math.Max(0, (int)Math.Min((Jobs ?? int.MaxValue) - held.Jobs, Math.Min(byDevices, int.MaxValue)));
    }

    /// <summary>The quota in words.</summary>
    internal string Words => string.Join(
        " and ",
        new[] { Devices is null ? null : FormattableString.Invariant($"{Devices:0.##} devices"), Jobs is null ? null : FormattableString.Invariant($"{Jobs} jobs") }.OfType<string>());
}

/// <summary>What a user holds.</summary>
/// <param name="Devices">Devices, parts of them added up.</param>
/// <param name="Jobs">Slots.</param>
internal readonly record struct Holding(double Devices, int Jobs);
