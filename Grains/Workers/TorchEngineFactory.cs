using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Workers;
using Sweeper.Grains.Workers.External;
using Sweeper.Training.Data;
using Sweeper.Training.OwnModels;
using Sweeper.Training.Running;

namespace Sweeper.Grains.Workers;

/// <summary>The devices that libtorch finds in this process.</summary>
internal sealed class TorchEngineFactory(
    DeviceHostOptions options, ImageDataCache images, CheckpointFolder checkpoints, TimeProvider clock, ILogger<TorchJobEngine> logger,
    ModelRegistry models, OwnModelChecks ownModels) : IJobEngineFactory
{
    /// <inheritdoc />
    public IReadOnlyList<(string Device, IJobEngine Engine)> Discover()
    {
        TorchRuntime.Configure(SlotPlan.Of(options.Slots, options.Threads, Environment.ProcessorCount).Threads);
        return
        [
            .. TorchRuntime.Devices.Select(device => (device.Name, Engine(device))),
        ];
    }

    private TrainerSwitch Engine(TorchDevice device)
    {
        var worker = new WorkerKey(options.Node, device.Name);
        int threads = SlotPlan.Of(options.Slots, options.Threads, Environment.ProcessorCount).Threads;
        return new TrainerSwitch(
            new TorchJobEngine(worker, device, images, checkpoints, clock, logger, options, models, ownModels),
            new ExternalEngine(worker, device.Description, threads, checkpoints, options.Commands ?? PermittedCommands.None, clock));
    }
}
