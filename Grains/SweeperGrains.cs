using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sweeper.Grains.Workers;

namespace Sweeper.Grains;

/// <summary>Registers what the grains need.</summary>
public static class SweeperGrains
{
    /// <summary>Adds devices, reports and checkpoints. The store, a <see cref="TimeProvider"/> and what jobs run with (an <see cref="IJobEngineFactory"/>) are the host's to add.</summary>
    /// <param name="services">Services of the silo.</param>
    /// <param name="options">Surroundings of the devices.</param>
    public static IServiceCollection AddSweeperGrains(this IServiceCollection services, DeviceHostOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(new CheckpointFolder(options.Checkpoints));
        services.AddSingleton<JobReporter>();
        services.AddSingleton(provider => new DeviceHost(
            options,
            provider.GetRequiredService<IJobEngineFactory>(),
            provider.GetRequiredService<JobReporter>(),
            provider.GetRequiredService<ILoggerFactory>()));
        return services;
    }
}
