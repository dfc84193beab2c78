using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Workers;

namespace Sweeper.Grains.Workers;

/// <summary>The devices of this silo: discovered once, alive as long as the process.</summary>
public sealed class DeviceHost : IDisposable
{
    private readonly DeviceHostOptions _options;
    private readonly IJobEngineFactory _engines;
    private readonly JobReporter _reporter;
    private readonly ILoggerFactory _loggers;
    private ImmutableArray<DeviceExecutor> _devices = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal DeviceHost(DeviceHostOptions options, IJobEngineFactory engines, JobReporter reporter, ILoggerFactory loggers)
    {
        _options = options;
        _engines = engines;
        _reporter = reporter;
        _loggers = loggers;
    }

    /// <summary>Which of the node's silos this is, where it is part of a cluster: a later one has a greater number. 0: it is a cluster by itself.</summary>
    public int Generation { get; set; }

    /// <summary>
    /// When this silo started, where the one before it crashed by itself; null otherwise. It then runs one job at a time, until it has ended as
    /// many as it has slots: the jobs that ran there come first, and whichever crashed it does so alone.
    /// </summary>
    public DateTimeOffset? CrashedBefore { get; set; }

    /// <summary>Ends when a job has started or ended.</summary>
    public Task NextChange => _changed.Task;

    /// <summary>Finds the devices; loads libtorch, so it takes a second or two.</summary>
    public void Discover()
    {
        ILogger<DeviceExecutor> logger = _loggers.CreateLogger<DeviceExecutor>();
        _devices =
        [
            .. _engines.Discover().Select(found => new DeviceExecutor(
                new WorkerKey(_options.Node, found.Device), _options.SlotsOf(found.Device), found.Engine, _reporter, logger, Changed)),
        ];
    }

    /// <summary>Gives up jobs that hang.</summary>
    /// <returns>Slots that are lost to threads that hang, and how many slots there are without them.</returns>
    public (int Hung, int Left) GiveUpTheHung()
    {
        int hung = _devices.Sum(device => device.GiveUpTheHung());
        return (hung, _devices.Sum(device => device.Status.Slots));
    }

    /// <summary>This node's part of the pool's knowledge.</summary>
    public ImmutableArray<WorkerAnnouncement> Announce()
    {
        foreach (DeviceExecutor device in _devices)
        {
            device.MeasureIdle();
        }

        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        WorkerStatus[] all = [.. _devices.Select(device => device.Status)];
        bool oneByOne = CrashedBefore is not null && all.Sum(device => device.JobsDone) < all.Sum(device => device.Slots);
        return
        [
            .. _devices.Zip(all, (device, status) => new WorkerAnnouncement(
                oneByOne ? status with { Slots = Math.Min(status.Slots, device == _devices[0] ? 1 : 0) } : status, device.Leases, Generation)),
        ];
    }

    /// <summary>Takes no more jobs: to be announced before <see cref="DrainAsync"/>, or the pool offers each job that comes back to this node again.</summary>
    public void Close()
    {
        foreach (DeviceExecutor device in _devices)
        {
            device.Close();
        }
    }

    /// <summary>Stops all jobs at their next step, with checkpoints, and hands them back.</summary>
    /// <param name="stop">Gives up waiting.</param>
    public Task DrainAsync(CancellationToken stop) => Task.WhenAll(_devices.Select(device => device.DrainAsync(stop)));

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (DeviceExecutor device in _devices)
        {
            device.Dispose();
        }
    }

    internal DeviceExecutor? Find(WorkerKey key) => _devices.FirstOrDefault(device => device.Key == key);

    private void Changed() => _changed.TrySetResult();
}
