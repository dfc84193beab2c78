using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;

namespace Sweeper.Silo;

/// <summary>Lets open sweeps go on when a silo starts, without a user.</summary>
internal sealed partial class SweepResumer(ISweepStore store, IGrainFactory grains, ILogger<SweepResumer> logger) : BackgroundService
{
    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (SweepSummary sweep in await store.ListAsync(stoppingToken))
        {
            if (sweep.Status != SweepStatus.Running)
            {
                continue;
            }

            try
            {
                await grains.GetGrain<ISweepGrain>(sweep.Name).ResumeAsync();
            }
            catch (Exception error) when (error is OrleansException or TimeoutException or SweeperException)
            {
                LogResumeFailed(sweep.Name, error);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweep {Sweep} could not be taken up again; `sweeper resume {Sweep}` tries again")]
    private partial void LogResumeFailed(string sweep, Exception error);
}
