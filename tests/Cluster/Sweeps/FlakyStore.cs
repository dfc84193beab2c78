using System.Collections.Concurrent;
using System.Collections.Immutable;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Prediction;
using Sweeper.Grains.Store;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>A store that fails for a while when a test says so.</summary>
internal sealed class FlakyStore(ISweepStore inner) : ISweepStore
{
    private readonly ConcurrentDictionary<string, int> _failures = new();
    private readonly ConcurrentDictionary<string, int> _lostAnswers = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _held = new();

    public string Description => inner.Description;

    public IAccessStore Access => inner.Access;

    public IDeviceTimeStore DeviceTime => DeviceTimeGate is { } gate ? new GatedDeviceTime(inner.DeviceTime, gate.Task, DeviceTimeAsked) : inner.DeviceTime;

    /// <summary>What reading device time waits for, where a silo starts after it was set; null: nothing.</summary>
    public TaskCompletionSource? DeviceTimeGate { get; set; }

    /// <summary>Completed when somebody waits for <see cref="DeviceTimeGate"/>.</summary>
    public TaskCompletionSource DeviceTimeAsked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Lets the next writes of a sweep fail before anything is written.</summary>
    public void FailWrites(string sweep, int count) => _failures[sweep] = count;

    /// <summary>Lets the next writes of a sweep happen and their answers get lost.</summary>
    public void LoseAnswers(string sweep, int count) => _lostAnswers[sweep] = count;

    /// <summary>Writes of all sweeps, in the order in which they came.</summary>
    public ConcurrentQueue<SweepWrite> Writes { get; } = new();

    /// <summary>Lets writes of a sweep wait until what this gives is completed.</summary>
    public TaskCompletionSource HoldWrites(string sweep) => _held[sweep] = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task OpenAsync(CancellationToken stop) => inner.OpenAsync(stop);

    public async Task AppendAsync(SweepWrite write, CancellationToken stop)
    {
        Writes.Enqueue(write);
        if (_held.TryGetValue(write.Sweep, out TaskCompletionSource? held))
        {
            await held.Task;
        }

        if (Take(_failures, write.Sweep))
        {
            throw new StoreUnavailableException("The store is away.");
        }

        await inner.AppendAsync(write, stop);
        if (Take(_lostAnswers, write.Sweep))
        {
            throw new StoreUnavailableException("The store's answer was lost.");
        }
    }

    public Task<StoredSweep?> ReadEventsAsync(string sweep, CancellationToken stop) => inner.ReadEventsAsync(sweep, stop);

    public Task<ImmutableArray<StoredEvent>> ReadEventsOfAsync(string sweep, IReadOnlyList<string> kinds, CancellationToken stop) =>
        inner.ReadEventsOfAsync(sweep, kinds, stop);

    public Task<ImmutableArray<SweepSummary>> ListAsync(CancellationToken stop) => inner.ListAsync(stop);

    public Task<SweepResults?> ReadResultsAsync(string sweep, CancellationToken stop) => inner.ReadResultsAsync(sweep, stop);

    public Task<JobCurves?> ReadCurvesAsync(JobKey job, CancellationToken stop) => inner.ReadCurvesAsync(job, stop);

    public Task<(int Cell, ImmutableArray<AttemptRecord> Attempts)> ReadAttemptsAsync(JobKey job, CancellationToken stop) =>
        inner.ReadAttemptsAsync(job, stop);

    public Task<ImmutableArray<EndedJob>> FindEndedAsync(JobKind kind, string fingerprint, CancellationToken stop) =>
        inner.FindEndedAsync(kind, fingerprint, stop);

    public Task<ImmutableArray<string>> FindKnownAsync(JobKind kind, IReadOnlyCollection<string> fingerprints, CancellationToken stop) =>
        inner.FindKnownAsync(kind, fingerprints, stop);

    public Task<ImmutableArray<MeasuredRun>> ReadRunsAsync(string model, string dataSet, int most, CancellationToken stop) =>
        inner.ReadRunsAsync(model, dataSet, most, stop);

    public Task<bool> DeleteAsync(string sweep, CancellationToken stop) => inner.DeleteAsync(sweep, stop);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static bool Take(ConcurrentDictionary<string, int> counts, string sweep)
    {
        if (counts.GetValueOrDefault(sweep) <= 0)
        {
            return false;
        }

        counts.AddOrUpdate(sweep, 0, (_, left) => left - 1);
        return true;
    }

    private sealed class GatedDeviceTime(IDeviceTimeStore inner, Task gate, TaskCompletionSource asked) : IDeviceTimeStore
    {
        public Task WriteDeviceTimeAsync(Guid source, IReadOnlyCollection<DeviceTime> times, CancellationToken stop) => inner.WriteDeviceTimeAsync(source, times, stop);

        public async Task<ImmutableArray<DeviceTime>> ReadDeviceTimeAsync(DateOnly since, CancellationToken stop)
        {
            asked.TrySetResult();
            await gate.WaitAsync(stop);
            return await inner.ReadDeviceTimeAsync(since, stop);
        }
    }
}
