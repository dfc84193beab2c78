using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;

namespace Sweeper.Silo;

/// <summary>How open sweeps are found.</summary>
/// <param name="Again">Whether they are looked for as long as the silo runs: in a cluster a coordinator may be lost with any silo.</param>
internal sealed record SweepResuming(bool Again);

/// <summary>Lets open sweeps go on without a user: those that nobody works on.</summary>
internal sealed partial class SweepResumer(
    SweepResuming how, ISweepStore store, IGrainFactory grains, TimeProvider clock, ILogger<SweepResumer> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>A cancelled sweep whose coordinator was lost before its jobs had stopped still has them; later than this it has none.</summary>
    private static readonly TimeSpan CancelledFor = TimeSpan.FromHours(1);

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await LookAsync(stoppingToken);
        while (how.Again)
        {
            await Task.Delay(Pause, clock, stoppingToken);
            await LookAsync(stoppingToken);
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        try
        {
            foreach (SweepSummary sweep in await store.ListAsync(stop))
            {
                if (IsOpen(sweep))
                {
                    await TakeUpAsync(sweep.Name);
                }
            }
        }
        catch (StoreUnavailableException error)
        {
            LogStoreAway(error);
        }
    }

    private bool IsOpen(SweepSummary sweep) => sweep.Status switch
    {
        SweepStatus.Running => true,
        SweepStatus.Paused => how.Again,
        SweepStatus.Cancelled => how.Again && clock.GetUtcNow() - sweep.UpdatedAt < CancelledFor,
        _ => false,
    };

    private async Task TakeUpAsync(string sweep)
    {
        try
        {
            await grains.GetGrain<ISweepReports>(sweep).TakeUpAsync();
        }
        catch (Exception error) when (error is OrleansException or TimeoutException or SweeperException)
        {
            LogResumeFailed(sweep, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sweep {Sweep} could not be taken up again; `sweeper resume {Sweep}` tries again")]
    private partial void LogResumeFailed(string sweep, Exception error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store does not answer: open sweeps are looked for later")]
    private partial void LogStoreAway(Exception error);
}
