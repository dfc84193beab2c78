using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Workers.Sharing;

/// <summary>A sweep at the pool: what it wants, holds and has had.</summary>
/// <param name="sweep">Name of the sweep.</param>
/// <param name="now">Time, UTC.</param>
internal sealed class SweepAccount(string sweep, DateTimeOffset now)
{
    private DateTimeOffset _accruedAt = now;
    private double _taken;

    /// <summary>Name of the sweep.</summary>
    public string Sweep { get; } = sweep;

    /// <summary>How it shares.</summary>
    public SharingSpec Sharing { get; set; } = SharingSpec.Default;

    /// <summary>Who submitted it; null where nobody said.</summary>
    public string? User { get; set; }

    /// <summary>Whether a device will do for its jobs.</summary>
    public bool CanUse(WorkerStatus worker) => Sharing.Needs?.AreMetBy(worker.Labels, worker.MemoryBytes) ?? true;

    /// <summary>Further slots that it could use.</summary>
    public int Wanted { get; set; }

    /// <summary>Whether it holds slots that it keeps for its next jobs.</summary>
    public bool Prefetches { get; set; }

    /// <summary>Jobs of it that wait behind others and could start in slots of their own.</summary>
    public int Prefetched { get; set; }

    /// <summary>When it was last told to keep no slot, UTC.</summary>
    public DateTimeOffset ToldAt { get; set; }

    /// <summary>Place among the wishes by age.</summary>
    public long Order { get; set; }

    /// <summary>Slots that it holds.</summary>
    public int Held { get; private set; }

    /// <summary>Devices that it holds, parts of them added up.</summary>
    public double HeldShare { get; private set; }

    /// <summary>Device time that it has had, in seconds.</summary>
    public double DeviceSeconds { get; private set; }

    /// <summary>
    /// Device time over weight: those that want have this grow at the same pace. It never lags behind others for time in which
    /// nothing was wanted (as in the start-time fair queueing of Goyal, Vin and Cheng, 1996).
    /// </summary>
    public double VirtualSeconds { get; private set; }

    /// <summary>Since when it wants and has nothing; null: it has something, or wants nothing.</summary>
    public DateTimeOffset? WaitingSince { get; private set; }

    /// <summary>Whether it has or wants something.</summary>
    public bool IsActive => Held > 0 || Wanted > 0;

    /// <summary>Brings the device time up to now.</summary>
    public void Accrue(DateTimeOffset now)
    {
        double seconds = Math.Max(0, (now - _accruedAt).TotalSeconds) * HeldShare;
        DeviceSeconds += seconds;
        VirtualSeconds += seconds / Sharing.Weight;
        _accruedAt = now;
    }

    /// <summary>Device time since the last call, in seconds.</summary>
    public double TakeDeviceSeconds()
    {
        double seconds = DeviceSeconds - _taken;
        _taken = DeviceSeconds;
        return seconds;
    }

    /// <summary>Begins no further behind than this.</summary>
    public void CatchUp(double virtualSeconds) => VirtualSeconds = Math.Max(VirtualSeconds, virtualSeconds);

    /// <summary>When it last got a slot, UTC.</summary>
    public DateTimeOffset LastTaken { get; private set; }

    /// <summary>Takes a slot; <see cref="Accrue"/> comes first.</summary>
    public void Take(double share)
    {
        LastTaken = _accruedAt;
        Held++;
        HeldShare += share;
        WaitingSince = null;
    }

    /// <summary>Gives a slot back; <see cref="Accrue"/> comes first.</summary>
    public void GiveBack(double share, DateTimeOffset now)
    {
        Held--;
        HeldShare = Held == 0 ? 0 : HeldShare - share;
        NoteWaiting(now);
    }

    /// <summary>Begins or ends its wait.</summary>
    public void NoteWaiting(DateTimeOffset now) => WaitingSince = Held == 0 && Wanted > 0 ? WaitingSince ?? now : null;
}
