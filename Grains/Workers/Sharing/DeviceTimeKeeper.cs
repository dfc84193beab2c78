using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Errors;
using Sweeper.Grains.Store;

namespace Sweeper.Grains.Workers.Sharing;

/// <summary>Keeps a ledger in the store: reads it once, writes what changed every half minute. A pool that dies loses as much at most.</summary>
internal sealed partial class DeviceTimeKeeper(DeviceTimeLedger ledger, IDeviceTimeStore store, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly Guid _source = Guid.NewGuid();
    private DateTimeOffset _keptAt = DateTimeOffset.MinValue;

    /// <summary>Reads or writes where it is time to.</summary>
    public async Task TickAsync(CancellationToken stop)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (!ledger.IsWhole)
        {
            await TryAsync(
                async () => ledger.Load(await store.ReadDeviceTimeAsync(DateOnly.FromDateTime(now.UtcDateTime).AddDays(1 - SlotQuota.MostDays), stop)), "read");
        }
        else if (now - _keptAt >= Interval)
        {
            _keptAt = now;
            await KeepAsync(stop);
        }
    }

    /// <summary>Writes what changed.</summary>
    public async Task KeepAsync(CancellationToken stop)
    {
        ImmutableArray<DeviceTime> changed = ledger.TakeChanged();
        if (!changed.IsEmpty && !await TryAsync(() => store.WriteDeviceTimeAsync(_source, changed, stop), "written"))
        {
            ledger.PutBack(changed);
        }
    }

    private async Task<bool> TryAsync(Func<Task> work, string what)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception away) when (away is StoreUnavailableException or OperationCanceledException)
        {
            LogStoreAway(what, away);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The device time of users could not be {What}; it is tried again")]
    private partial void LogStoreAway(string what, Exception error);
}
