using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains;
using Sweeper.Grains.Store;
using Sweeper.Grains.Workers;
using Sweeper.Silo;

namespace Sweeper.Tests.Benchmarks.Orchestration;

/// <summary>A silo with the real grains, pool, workers and store; only the training is left out.</summary>
internal sealed class NoOpSilo : IAsyncDisposable
{
    private readonly IHost _host;

    private NoOpSilo(IHost host) => _host = host;

    /// <summary>Its grains.</summary>
    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Starts one.</summary>
    /// <param name="store">Opened store.</param>
    /// <param name="folder">Folder of checkpoints.</param>
    /// <param name="devices">Workers, each with one slot.</param>
    /// <param name="engine">Makes the engine of each; null: one whose trials end at once.</param>
    public static async Task<NoOpSilo> StartAsync(ISweepStore store, string folder, int devices, Func<IJobEngine>? engine = null)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddConsole();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(Ports.Free(), Ports.Free()));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton<IJobEngineFactory>(new NoOpDevices(devices, engine ?? (() => new NoOpEngine())));
        builder.Services.AddSingleton(new SiloOptions { DataDirectory = folder, Node = "local" });
        builder.Services.AddSweeperGrains(new DeviceHostOptions("local", 1, null, folder, Path.Combine(folder, "checkpoints")));
        builder.Services.AddSingleton<HungThreads>();
        builder.Services.AddSingleton<WorkerAnnouncer>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WorkerAnnouncer>());
        IHost host = builder.Build();
        await host.StartAsync();
        var started = new NoOpSilo(host);
        while ((await started.Grains.GetGrain<IWorkerPoolGrain>(0).ListAsync()).Length < devices)
        {
            await Task.Delay(20);
        }

        return started;
    }

    /// <summary>Waits until a sweep has ended, asking as often as a console does.</summary>
    public async Task EndAsync(string sweep)
    {
        while (await Grains.GetGrain<ISweepGrain>(sweep).GetAsync() is { Status: not SweepStatus.Completed })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
