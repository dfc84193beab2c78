using System.Collections.Immutable;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Workers;

/// <summary>The workers of a cluster that may have just been started: libtorch takes a while to load.</summary>
internal static class FirstWorkers
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The workers, the first of them waited for; empty where none announces itself within a minute.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="clock">Source of time.</param>
    public static async Task<ImmutableArray<WorkerStatus>> ListAsync(IWorkerPoolGrain pool, TimeProvider clock)
    {
        DateTimeOffset start = clock.GetUtcNow();
        ImmutableArray<WorkerStatus> workers = await pool.ListAsync();
        while (workers.IsEmpty && clock.GetUtcNow() - start < Longest)
        {
            await Task.Delay(Pause, clock);
            workers = await pool.ListAsync();
        }

        return workers;
    }
}
