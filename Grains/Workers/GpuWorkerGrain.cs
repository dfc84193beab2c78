using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Models;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers.Placement;

namespace Sweeper.Grains.Workers;

/// <summary>
/// Face of one device in the cluster. The device itself, its threads and its jobs, belong to the silo's
/// <see cref="DeviceHost"/>, which outlives an activation of this grain.
/// </summary>
[KeepAlive, OnItsNode]
internal sealed class GpuWorkerGrain(DeviceHost devices, CheckpointFolder checkpoints) : Grain, IGpuWorkerGrain
{
    /// <summary>Bytes of a model's file in one answer: far below what a message may hold.</summary>
    private const int ModelPartBytes = 4 << 20;

    private WorkerKey Key => WorkerKey.Parse(this.GetPrimaryKeyString());

    /// <inheritdoc />
    public Task<bool> StartAsync(JobTicket ticket) =>
        Task.FromResult(devices.Find(Key) is { } device && device.TryStart(ticket));

    /// <inheritdoc />
    public Task<bool> WithdrawAsync(JobKey key, long prefetch) =>
        Task.FromResult(devices.Find(Key)?.Withdraw(key, prefetch) ?? true);

    /// <inheritdoc />
    public Task<JobPresence> HasAsync(JobKey key, int attempt) =>
        Task.FromResult(new JobPresence(devices.Find(Key) is { } device && device.Has(key, attempt), devices.Generation, devices.CrashedBefore));

    /// <inheritdoc />
    public Task StopAsync(JobKey key, int attempt, string reason)
    {
        devices.Find(Key)?.Stop(key, attempt, reason);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task HandBackAsync(JobKey key, int attempt, string reason)
    {
        devices.Find(Key)?.Stop(key, attempt, reason, handBack: true);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<ImmutableArray<SpecProblem>> CheckAsync(SweepSpec spec) => devices.Find(Key) is { } device
        ? device.CheckAsync(spec)
        : Task.FromResult<ImmutableArray<SpecProblem>>([new SpecProblem("", null, $"This silo has no device {Key}.")]);

    /// <inheritdoc />
    public Task<ModelTrial> TryModelAsync(SweepSpec spec, bool run) => devices.Find(Key) is { } device
        ? device.TryModelAsync(spec, run)
        : Task.FromResult(ModelTrial.Refused(new SpecProblem("", null, $"This silo has no device {Key}.")));

    /// <inheritdoc />
    public Task<EngineIdentity?> IdentifyAsync(SweepSpec spec) =>
        devices.Find(Key) is { } device ? device.IdentifyAsync(spec) : Task.FromResult<EngineIdentity?>(null);

    /// <inheritdoc />
    public Task<ImmutableArray<MeasuredSpeed>> MeasureAsync(SweepSpec spec, ImmutableArray<int> batchSizes) =>
        devices.Find(Key) is { } device ? device.MeasureAsync(spec, batchSizes) : Task.FromResult<ImmutableArray<MeasuredSpeed>>([]);

    /// <inheritdoc />
    public async Task<BatchFit?> FitBatchAsync(SweepSpec spec) => devices.Find(Key) is { } device ? await device.FitBatchAsync(spec) : null;

    /// <inheritdoc />
    public async Task<ModelPart?> ReadModelAsync(JobKey key, long offset) =>
        await Task.Run(() => checkpoints.ReadModel(key, offset, ModelPartBytes)) is var (length, bytes) ? new ModelPart(length, bytes) : null;

    /// <inheritdoc />
    public async Task<ModelPart?> ReadScriptAsync(JobKey key, long offset) =>
        await Task.Run(() => checkpoints.ReadScript(key, offset, ModelPartBytes)) is var (length, bytes) ? new ModelPart(length, bytes) : null;

    /// <inheritdoc />
    public Task<bool> SetDutyAsync(WorkerDuty duty, string? reason)
    {
        if (devices.Find(Key) is not { } device)
        {
            return Task.FromResult(false);
        }

        device.SetDuty(duty, reason);
        return Task.FromResult(true);
    }

    /// <inheritdoc />
    public Task<WorkerStatus> GetStatusAsync() => Task.FromResult(
        devices.Find(Key)?.Status ?? new WorkerStatus(Key, "absent", 0, 0, [], 0));
}
