using System.Collections.Immutable;

namespace Sweeper.Grains.Store;

/// <summary>Device time that users have had, day by day. Every silo of a cluster reads the same.</summary>
public interface IDeviceTimeStore
{
    /// <summary>Writes sums; those of the same user, day and source are replaced.</summary>
    /// <param name="source">Who counts: one life of a pool.</param>
    /// <param name="times">Its sums.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <exception cref="Contracts.Errors.StoreUnavailableException">The store cannot be written.</exception>
    Task WriteDeviceTimeAsync(Guid source, IReadOnlyCollection<DeviceTime> times, CancellationToken stop);

    /// <summary>Sums over all sources.</summary>
    /// <param name="since">First day.</param>
    /// <param name="stop">Gives up.</param>
    Task<ImmutableArray<DeviceTime>> ReadDeviceTimeAsync(DateOnly since, CancellationToken stop);
}

/// <summary>Device time of a user on a day.</summary>
/// <param name="User">Name of the user; empty for sweeps that nobody put a name to.</param>
/// <param name="Day">Day, UTC.</param>
/// <param name="Seconds">Device time in seconds; a slot counts as its part of the device.</param>
public readonly record struct DeviceTime(string User, DateOnly Day, double Seconds);
