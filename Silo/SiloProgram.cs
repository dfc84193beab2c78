using System.Net;
using Orleans.Configuration;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Telemetry;
using Sweeper.Grains;
using Sweeper.Grains.Store;
using Sweeper.Grains.Workers;
using Sweeper.Silo.Page;
using Sweeper.Silo.Telemetry;

namespace Sweeper.Silo;

/// <summary>Builds and runs the silo: the only place that knows every part.</summary>
internal static class SiloProgram
{
    /// <summary>Time that the silo takes to write checkpoints and hand its jobs back before it ends.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Time that a write is tried again: well below the time that a grain's caller waits.</summary>
    private static readonly TimeSpan StoreRetryTime = TimeSpan.FromSeconds(15);

    /// <summary>Runs until it is told to end.</summary>
    /// <returns>Exit code: see <see cref="SiloExit"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            SiloOptions options = SiloArguments.Read(args);
            using DataFolder folder = DataFolder.Open(options.DataDirectory);
            using ILoggerFactory storeLogs = LoggerFactory.Create(logging => SiloLogging.Configure(logging, options));
            await using ISweepStore store = SweepStores.Open(StoreOf(options, folder), TimeProvider.System, storeLogs.CreateLogger("Sweeper.Store"));
            await store.OpenAsync(CancellationToken.None);
            SiloPorts ports = SiloPorts.Choose(options);
            await using WebApplication app = Build(options, folder, store, ports);
            await app.StartAsync();
            Instruments.StartAtZero();
            SiloFile.Write(folder, ports, options.Leash, app.Services.GetService<PageServer>()?.Address);
            try
            {
                await app.WaitForShutdownAsync();
            }
            finally
            {
                SiloFile.Remove(folder);
            }

            return SiloExit.Ok;
        }
        catch (SiloStartException error)
        {
            await Console.Error.WriteLineAsync("sweeper silo: " + error.Message);
            return error.ExitCode;
        }
        catch (StoreUnavailableException error)
        {
            await Console.Error.WriteLineAsync("sweeper silo: " + error.Message);
            return SiloExit.BadOptions;
        }
    }

    private static WebApplication Build(SiloOptions options, DataFolder folder, ISweepStore store, SiloPorts ports)
    {
        bool otlp = OtlpEndpoint.Use(options.Otlp); // before the builder reads the environment
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Sweeper.Silo" });
        SiloLogging.Configure(builder.Logging, options);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, ports.Http));
        SiloTelemetry.Add(builder, options, otlp);
        builder.UseOrleans(silo => silo
            .AddActivityPropagation()
            .AddPageDashboard(options.Page)
            .UseLocalhostClustering(ports.Silo, ports.Gateway, primarySiloEndpoint: null, SiloPorts.ServiceId, ports.ClusterId)
            .Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(30)));

        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(store);
        builder.Services.AddSweeperGrains(new DeviceHostOptions(
            options.Node,
            options.Slots == 0 ? null : options.Slots,
            options.Threads == 0 ? null : options.Threads,
            folder.Root,
            folder.Checkpoints,
            options.Memory == 0 ? null : (long)(options.Memory * (1L << 30))));
        builder.Services.AddTorchEngine();
        builder.Services.AddSingleton<Leash>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Leash>());

        // After Orleans, so that it stops before: jobs are handed back while the grains still answer.
        builder.Services.AddSingleton<WorkerAnnouncer>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WorkerAnnouncer>());
        if (options.ResumeOpenSweeps)
        {
            builder.Services.AddHostedService<SweepResumer>();
        }

        builder.AddLivePage(options, folder);
        WebApplication app = builder.Build();
        app.MapHealth();
        SiloTelemetry.Map(app, options);
        app.MapGet("/leash", (HttpContext http, Leash leash) => leash.HoldAsync(http));
        app.MapPost("/leash/off", (Leash leash) =>
        {
            leash.TakeOff();
            SiloFile.Write(folder, ports, leash: false, app.Services.GetService<PageServer>()?.Address);
        });
        return app;
    }

    private static StoreOptions StoreOf(SiloOptions options, DataFolder folder) => options.Postgres.Length > 0
        ? new StoreOptions.PostgreSql(options.Postgres) { RetryFor = StoreRetryTime }
        : new StoreOptions.Sqlite(folder.Database) { RetryFor = StoreRetryTime };
}
