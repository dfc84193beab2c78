using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Workers;

/// <summary>The workers of a cluster that may have just been started: libtorch takes a while to load.</summary>
internal static class FirstWorkers
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The workers, the first of them waited for; those that will do for a spec, or why there are none.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="spec">The spec.</param>
    /// <param name="clock">Source of time.</param>
    public static async Task<(ImmutableArray<WorkerStatus> Workers, SpecProblem? Problem)> ListAsync(
        IWorkerPoolGrain pool, SweepSpec spec, TimeProvider clock)
    {
        DateTimeOffset start = clock.GetUtcNow();
        ImmutableArray<WorkerStatus> workers = await pool.ListAsync();
        while (workers.IsEmpty && clock.GetUtcNow() - start < Longest)
        {
            await Task.Delay(Pause, clock);
            workers = await pool.ListAsync();
        }

        if (workers.IsEmpty)
        {
            return ([], new SpecProblem("", null, "no worker has announced itself, so there is nothing to train on; `sweeper workers` shows them"));
        }

        if (spec.Sharing?.Needs is not { } needs)
        {
            return (PluginLabels.Prefer(spec, workers), null);
        }

        ImmutableArray<WorkerStatus> fit = [.. workers.Where(worker => needs.AreMetBy(worker.Labels, worker.MemoryBytes))];
        return fit.IsEmpty ? ([], NoneHas(needs, workers)) : (PluginLabels.Prefer(spec, fit), null);
    }

    private static SpecProblem NoneHas(DeviceNeeds needs, ImmutableArray<WorkerStatus> workers)
    {
        const double Gibi = 1L << 30;
        IEnumerable<string> there = workers
            .Select(worker => FormattableString.Invariant($"{worker.Key} has {string.Join(", ", worker.Labels.IsDefault ? [] : worker.Labels)} and {worker.MemoryBytes / Gibi:0.#} GiB"))
            .Order(StringComparer.Ordinal)
            .Take(5);
        bool memory = needs.Labels.Length == 0;
        return new SpecProblem(
            memory ? "sharing.min_memory" : "sharing.requires",
            memory ? FormattableString.Invariant($"{needs.MemoryGiB}") : needs.Labels,
            $"no device has {needs.Words}; {string.Join("; ", there)}");
    }
}
