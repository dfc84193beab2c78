using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using Sweeper.Grains.Access;
using Sweeper.Grains.Telemetry;
using Sweeper.Grains.Workers;
using Sweeper.Grains.Workers.Placement;
using Sweeper.Grains.Workers.Sharing;
using Sweeper.Training.Data;
using Sweeper.Training.OwnModels;

namespace Sweeper.Grains;

/// <summary>Registers what the grains need.</summary>
public static class SweeperGrains
{
    /// <summary>Adds devices, reports and checkpoints. The store, a <see cref="TimeProvider"/> and what jobs run with (<see cref="AddTorchEngine"/>) are the host's to add.</summary>
    /// <param name="services">Services of the silo.</param>
    /// <param name="options">Surroundings of the devices.</param>
    public static IServiceCollection AddSweeperGrains(this IServiceCollection services, DeviceHostOptions options)
    {
        // The store's troubles cross silos with what the driver says; a response that cannot be written would hide them.
        services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add("Npgsql"));
        RunMeasurements.Install();
        services.AddSingleton(options);
        services.AddSingleton(new CheckpointFolder(options.Checkpoints));
        services.AddSingleton(DataLocations.Standard(dataDirectory: null, options.Home) with { Permitted = options.Permitted });
        services.TryAddSingleton(SharingRules.Usual);
        services.TryAddSingleton(new ModelRegistry());
        services.AddSingleton<JobReporter>();
        services.AddSingleton<IIncomingGrainCallFilter, AuditFilter>();
        services.AddPlacementDirector<NodePlacement, NodePlacementDirector>();
        services.AddSingleton(provider => new DeviceHost(
            options,
            provider.GetRequiredService<IJobEngineFactory>(),
            provider.GetRequiredService<JobReporter>(),
            provider.GetRequiredService<ILoggerFactory>()));
        return services;
    }

    /// <summary>Adds the training engine: jobs run with TorchSharp on this machine's devices.</summary>
    /// <param name="services">Services of the silo.</param>
    public static IServiceCollection AddTorchEngine(this IServiceCollection services) =>
        services
            .AddSingleton(provider => new ImageDataCache(provider.GetRequiredService<DataLocations>()))
            .AddSingleton(provider => new OwnModelChecks(
                provider.GetRequiredService<ModelRegistry>(), provider.GetService<DryRunProcess>() ?? new DryRunProcess([], DryRunProcess.UsualLimit)))
            .AddSingleton<IJobEngineFactory, TorchEngineFactory>();

    /// <summary>Adds models of users' own; before <see cref="AddSweeperGrains"/>.</summary>
    /// <param name="services">Services of the silo.</param>
    /// <param name="models">The models.</param>
    /// <param name="process">Tries one in a process of its own.</param>
    public static IServiceCollection AddOwnModels(this IServiceCollection services, ModelRegistry models, DryRunProcess process) =>
        services.AddSingleton(models).AddSingleton(process);
}
