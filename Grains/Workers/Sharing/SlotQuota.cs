namespace Sweeper.Grains.Workers.Sharing;

/// <summary>What one user may hold at once, and have in a month or another time.</summary>
/// <param name="Devices">Most devices; a slot counts as its part of its device; greater than 0; null: no limit.</param>
/// <param name="Jobs">Most jobs; at least 1; null: no limit.</param>
/// <param name="DeviceHours">Device hours in <paramref name="PerDays"/> after which no further job starts; greater than 0; null: no limit.</param>
/// <param name="PerDays">Days, in UTC and today included, that device hours are counted over; 1 to <see cref="MostDays"/>.</param>
public sealed record SlotQuota(double? Devices = null, int? Jobs = null, double? DeviceHours = null, int PerDays = SlotQuota.UsualDays)
{
    /// <summary><see cref="PerDays"/> where nothing else is said.</summary>
    public const int UsualDays = 30;

    /// <summary>Longest time that device hours are counted over.</summary>
    public const int MostDays = 366;

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

    /// <summary>The quota of hours in words.</summary>
    internal string HoursInWords => FormattableString.Invariant($"{DeviceHours:0.####} device hours in {PerDays} days");

    /// <summary>The quota of what is held at once, in words.</summary>
    internal string Words => string.Join(
        " and ",
        new[] { Devices is null ? null : FormattableString.Invariant($"{Devices:0.##} devices"), Jobs is null ? null : FormattableString.Invariant($"{Jobs} jobs") }.OfType<string>());
}

/// <summary>What a user holds.</summary>
/// <param name="Devices">Devices, parts of them added up.</param>
/// <param name="Jobs">Slots.</param>
internal readonly record struct Holding(double Devices, int Jobs);
