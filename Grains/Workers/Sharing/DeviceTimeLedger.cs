using System.Collections.Immutable;
using Sweeper.Grains.Store;

namespace Sweeper.Grains.Workers.Sharing;

/// <summary>
/// Device time that users have had, day by day in UTC: what earlier lives of the pool counted, and what this one adds. Pure
/// bookkeeping in memory.
/// </summary>
internal sealed class DeviceTimeLedger
{
    private const double SecondsPerHour = 3600;

    private readonly Dictionary<(string User, DateOnly Day), double> _earlier = [];
    private readonly Dictionary<(string User, DateOnly Day), double> _own = [];
    private readonly HashSet<(string User, DateOnly Day)> _changed = [];

    /// <summary>Whether what earlier lives counted is in it. Until then nobody knows who is within a quota of hours.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>A ledger with nothing before it.</summary>
    public static DeviceTimeLedger Fresh()
    {
        var ledger = new DeviceTimeLedger();
        ledger.Load([]);
        return ledger;
    }

    /// <summary>Takes what earlier lives counted.</summary>
    public void Load(IEnumerable<DeviceTime> times)
    {
        foreach (DeviceTime time in times)
        {
            _earlier[(time.User, time.Day)] = time.Seconds;
        }

        IsWhole = true;
    }

    /// <summary>Adds device time that a user has had.</summary>
    public void Add(string user, double seconds, DateTimeOffset now)
    {
        if (seconds > 0)
        {
            (string User, DateOnly Day) key = (user, Day(now));
            _own[key] = _own.GetValueOrDefault(key) + seconds;
            _changed.Add(key);
        }
    }

    /// <summary>Device hours of a user today and on the days before.</summary>
    /// <param name="user">Name of the user.</param>
    /// <param name="days">Days, today included.</param>
    /// <param name="now">Time, UTC.</param>
    public double Hours(string user, int days, DateTimeOffset now)
    {
        double seconds = 0;
        DateOnly today = Day(now);
        for (int back = 0; back < days; back++)
        {
            (string User, DateOnly Day) key = (user, today.AddDays(-back));
            seconds += _earlier.GetValueOrDefault(key) + _own.GetValueOrDefault(key);
        }

        return seconds / SecondsPerHour;
    }

    /// <summary>Sums of this life that have changed since the last call.</summary>
    public ImmutableArray<DeviceTime> TakeChanged()
    {
        ImmutableArray<DeviceTime> changed = [.. _changed.Select(key => new DeviceTime(key.User, key.Day, _own[key]))];
        _changed.Clear();
        return changed;
    }

    /// <summary>Has sums that could not be written be named again.</summary>
    public void PutBack(IEnumerable<DeviceTime> times) => _changed.UnionWith(times.Select(time => (time.User, time.Day)));

    private static DateOnly Day(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);
}
