using System.Net;
using Orleans.Configuration;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Telemetry;
using Sweeper.Contracts.Workers;
using Sweeper.Grains;
using Sweeper.Grains.Store;
using Sweeper.Grains.Workers;
using Sweeper.Grains.Workers.External;
using Sweeper.Silo.Clustering;
using Sweeper.Silo.Page;
using Sweeper.Silo.Security;
using Sweeper.Silo.Telemetry;
using Sweeper.Training.OwnModels;

namespace Sweeper.Silo;

/// <summary>Builds and runs the silo: the only place that knows every part.</summary>
internal static partial class SiloProgram
{
    /// <summary>Time that the silo takes to write checkpoints and hand its jobs back before it ends.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Time that a write is tried again: well below the time that a grain's caller waits.</summary>
    private static readonly TimeSpan StoreRetryTime = TimeSpan.FromSeconds(15);

    /// <summary>Starts with other ports, where somebody has taken one after it was chosen.</summary>
    private const int MostStarts = 5;

    /// <summary>Runs until it is told to end.</summary>
    /// <param name="args">Arguments.</param>
    /// <param name="registryOf">Makes the registry of models of users' own, given the folders of plug-ins.</param>
    /// <returns>Exit code: see <see cref="SiloExit"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Func<IEnumerable<string>, ModelRegistry> registryOf)
    {
        try
        {
            SiloOptions options = SiloArguments.Read(args);
            var trials = new DryRunProcess(ThisProgram.Command, TimeSpan.FromSeconds(options.PluginSeconds));
            await using RunningSilo silo = await StartAsync(options, registryOf(options.Plugins), trials, ownsProcess: true);
            bool hung = await silo.WaitAsync();
            return hung ? HungThreads.Leave(alone: ClusterSettings.Of(options) is null) : SiloExit.Ok;
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

    /// <summary>Starts.</summary>
    /// <param name="options">How.</param>
    /// <param name="models">Models of users' own.</param>
    /// <param name="trials">How they are tried.</param>
    /// <param name="ownsProcess">Whether the process is the silo's: its signals end it then.</param>
    /// <exception cref="SiloStartException">It cannot.</exception>
    /// <exception cref="StoreUnavailableException">The store does not answer, or is of another version.</exception>
    public static async Task<RunningSilo> StartAsync(SiloOptions options, ModelRegistry models, DryRunProcess trials, bool ownsProcess)
    {
        models.PermittedScripts = options.PermittedData;
        var folder = DataFolder.Open(options.DataDirectory, options.Checkpoints);
        ILoggerFactory logs = LoggerFactory.Create(logging => SiloLogging.Configure(logging, options));
        ISweepStore? store = null;
        try
        {
            store = SweepStores.Open(StoreOf(options, folder), TimeProvider.System, logs.CreateLogger("Sweeper.Store"));
            await store.OpenAsync(CancellationToken.None);
            ClusterSettings? cluster = ClusterSettings.Of(options);
            ILogger logger = logs.CreateLogger("Sweeper.Silo");
            foreach (string warning in options.Warnings)
            {
                LogWarning(logger, warning);
            }

            if (cluster is not null)
            {
                await RedisCheck.RunAsync(cluster.Redis, logger);
                folder.WarnIfAlone(logger);
            }

            (WebApplication app, SiloPorts ports) = await ServeAsync(options, folder, store, cluster, new OwnModels(models, trials), ownsProcess);
            return new RunningSilo(folder, logs, store, app, ports);
        }
        catch
        {
            if (store is not null)
            {
                await store.DisposeAsync();
            }

            logs.Dispose();
            folder.Dispose();
            throw;
        }
    }

    private static async Task<(WebApplication App, SiloPorts Ports)> ServeAsync(
        SiloOptions options, DataFolder folder, ISweepStore store, ClusterSettings? cluster, OwnModels models, bool ownsProcess)
    {
        for (int attempt = 1; ; attempt++)
        {
            var ports = SiloPorts.Choose(options, cluster?.Listen ?? IPAddress.Loopback, cluster?.ClusterId);
            WebApplication app = Build(options, folder, store, ports, cluster, models, ownsProcess);
            try
            {
                await JoinAsync(app, options, ports, cluster);
                Instruments.StartAtZero();
                SiloFile.Write(folder, ports, options.Leash, app.Services.GetService<PageServer>()?.Address, options.Tls?.Fingerprint);
                return (app, ports);
            }
            catch (Exception error)
            {
                await app.DisposeAsync();
                if (attempt < MostStarts && SiloPorts.WereTaken(options, error))
                {
                    continue;
                }

                throw;
            }
        }
    }

    private static async Task JoinAsync(WebApplication app, SiloOptions options, SiloPorts ports, ClusterSettings? cluster)
    {
        if (cluster is null)
        {
            app.Services.GetRequiredService<DeviceHost>().CrashedBefore = options.AfterCrash ? TimeProvider.System.GetUtcNow() : null;
            await app.StartAsync();
            return;
        }

        app.Services.GetRequiredService<DeviceHost>().Generation = app.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.Generation;
        await NodeNames.RequireFreeAsync(app.Services.GetRequiredService<IMembershipTable>(), options.Node, new IPEndPoint(cluster.Advertise, ports.Silo));
        await app.StartAsync();
        try
        {
            await NodeNames.RequireFirstAsync(
                app.Services.GetRequiredService<IClusterMembershipService>(), options.Node, app.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress);
        }
        catch (SiloStartException)
        {
            await app.StopAsync();
            throw;
        }
    }

    private static WebApplication Build(
        SiloOptions options, DataFolder folder, ISweepStore store, SiloPorts ports, ClusterSettings? cluster, OwnModels models, bool ownsProcess)
    {
        bool otlp = OtlpEndpoint.Use(options.Otlp); // before the builder reads the environment
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "Sweeper.Silo" });
        SiloLogging.Configure(builder.Logging, options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0; // nothing is sent here
            kestrel.Listen(ports.Address, ports.Http);
        });
        SiloTelemetry.Add(builder, options, otlp);
        builder.UseOrleans(silo =>
        {
            silo.AddActivityPropagation()
                .AddPageDashboard(options.Page)
                .Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(30));
            ClusterSetup.Use(silo, options.Node, ports, cluster);
            silo.UseClusterTls(options.Tls);
        });

        if (!ownsProcess)
        {
            builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        }

        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton(SharingFile.Read(options.Quotas));
        builder.Services.AddOwnModels(models.Registry, models.Trials);
        builder.Services.AddSweeperGrains(new DeviceHostOptions(
            options.Node,
            options.Slots == 0 ? null : options.Slots,
            options.Threads == 0 ? null : options.Threads,
            folder.Root,
            folder.Checkpoints,
            options.Memory == 0 ? null : (long)(options.Memory * (1L << 30)),
            TimeSpan.FromSeconds(options.CheckpointSeconds),
            options.PermittedData,
            FusedSetting.Read(options.Fused) ?? default,
            PermittedCommands.Read(options.Commands)));
        builder.Services.AddTorchEngine();
        builder.Services.AddSingleton<HungThreads>();
        builder.Services.AddSingleton<Leash>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Leash>());

        // After Orleans, so that it stops before: jobs are handed back while the grains still answer.
        builder.Services.AddSingleton<WorkerAnnouncer>();
        builder.Services.AddHostedService(services => services.GetRequiredService<WorkerAnnouncer>());
        if (options.ResumeOpenSweeps || cluster is not null)
        {
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<SweepResumer>(services, new SweepResuming(Again: cluster is not null)));
        }

        builder.AddLivePage(options, folder);
        WebApplication app = builder.Build();
        app.MapHealth();
        SiloTelemetry.Map(app, options);
        if (cluster is null) // on loopback only: whoever holds the leash of a silo keeps a request open
        {
            app.MapGet("/leash", (HttpContext http, Leash leash) => leash.HoldAsync(http));
            app.MapPost("/leash/off", (Leash leash) =>
            {
                leash.TakeOff();
                SiloFile.Write(folder, ports, leash: false, app.Services.GetService<PageServer>()?.Address, options.Tls?.Fingerprint);
            });
        }

        return app;
    }

    private static StoreOptions StoreOf(SiloOptions options, DataFolder folder) => options.Postgres.Length > 0
        ? new StoreOptions.PostgreSql(options.Postgres) { Password = options.PostgresPassword, RetryFor = StoreRetryTime }
        : new StoreOptions.Sqlite(folder.Database) { RetryFor = StoreRetryTime };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    /// <summary>Models of users' own, and how they are tried.</summary>
    private readonly record struct OwnModels(ModelRegistry Registry, DryRunProcess Trials);
}
