using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Errors;

namespace Sweeper.Grains.Store;

/// <summary>The one place that tries again what failed for a reason that may pass, for a bounded time, with growing pauses.</summary>
/// <param name="dialect">Tells such failures from others.</param>
/// <param name="clock">Time.</param>
/// <param name="logger">Hears of each failure that is tried again.</param>
internal sealed partial class StoreRetry(StoreDialect dialect, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Does something until it succeeds, fails for good, or the time is over.</summary>
    /// <param name="action">What to do; doing it twice does no harm.</param>
    /// <param name="patience">Longest time between the first try and the last.</param>
    /// <param name="stop">Ends the waiting between tries.</param>
    /// <exception cref="StoreUnavailableException">The store could not be reached, read or written.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> action, TimeSpan patience, CancellationToken stop)
    {
        long start = clock.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (true)
        {
            try
            {
                return await action();
            }
            catch (Exception failure) when (dialect.Explain(failure) is { } fault)
            {
                if (!fault.Transient || clock.GetElapsedTime(start) + pause > patience)
                {
                    throw new StoreUnavailableException(fault.Message, failure);
                }

                LogRetry(pause.TotalSeconds, fault.Message);
            }

            await Task.Delay(pause, clock, stop);
            pause = TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The store failed and is tried again in {Seconds} s: {Reason}")]
    private partial void LogRetry(double seconds, string reason);
}
