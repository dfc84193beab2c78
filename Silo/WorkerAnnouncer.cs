using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers;

namespace Sweeper.Silo;

/// <summary>Discovers this node's devices and keeps the pool informed of them; at the end hands their jobs back.</summary>
internal sealed partial class WorkerAnnouncer(
    DeviceHost devices, IGrainFactory grains, SiloOptions options, HungThreads hung, TimeProvider clock, ILogger<WorkerAnnouncer> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>Shortest time between two announcements: short jobs on many devices change faster than the pool needs to know.</summary>
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the pool knows of the devices.</summary>
    public bool Announced { get; private set; }

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        devices.Close();
        await TellAsync(() => Pool.AnnounceAsync(devices.Announce()));
        await devices.DrainAsync(cancellationToken);
        await TellAsync(() => Pool.LeaveAsync(options.Node));
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Run(devices.Discover, stoppingToken);
        while (true)
        {
            (int lost, int left) = devices.GiveUpTheHung();
            hung.Consider(lost, left, alone: devices.Generation == 0);
            try
            {
                await Pool.AnnounceAsync(devices.Announce());
                Announced = true;
            }
            catch (Exception error) when (error is OrleansException or TimeoutException)
            {
                LogAnnounceFailed(error);
            }

            await Task.Delay(ShortestInterval, clock, stoppingToken);
            await Task.WhenAny(devices.NextChange, Task.Delay(Interval, clock, stoppingToken));
            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Says goodbye. Whether anybody hears it or not, the jobs are handed back.</summary>
    private async Task TellAsync(Func<Task> message)
    {
        if (!Announced)
        {
            return;
        }

        try
        {
            await message();
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            LogAnnounceFailed(error);
        }
    }

    private IWorkerPoolGrain Pool => grains.GetGrain<IWorkerPoolGrain>(0);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pool could not be told of this node's devices; it will be told again")]
    private partial void LogAnnounceFailed(Exception error);
}
