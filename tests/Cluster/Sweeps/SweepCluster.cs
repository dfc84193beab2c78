using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;
using Sweeper.Grains;
using Sweeper.Grains.Store;
using Sweeper.Grains.Workers;
using Sweeper.Grains.Workers.Sharing;
using Sweeper.Silo;
using Xunit;

namespace Sweeper.Tests.Cluster.Sweeps;

/// <summary>One silo with the real grains and a real store; only the training is simulated. Two devices with two slots each.</summary>
public sealed class SweepCluster : IAsyncLifetime
{
    public const int Devices = 2;
    public const int Slots = 2;

    private readonly string _folder;
    private readonly bool _ownsFolder;
    private readonly SharingRules _sharing;
    private InProcessTestCluster? _cluster;

    public SweepCluster()
        : this(SharingRules.Usual)
    {
    }

    private SweepCluster(SharingRules sharing)
        : this(Directory.CreateTempSubdirectory("sweeper-cluster-").FullName, ownsFolder: true, sharing)
    {
    }

    private SweepCluster(string folder, bool ownsFolder, SharingRules sharing)
    {
        _folder = folder;
        _ownsFolder = ownsFolder;
        _sharing = sharing;
        Store = new FlakyStore(SweepStores.Open(new StoreOptions.Sqlite(Path.Combine(folder, "sweeper.db"))));
    }

    internal FlakyStore Store { get; }

    internal SimulatedDevices Simulated { get; } = new(Devices);

    internal InProcessTestCluster Silo => _cluster ?? throw new InvalidOperationException("The cluster is not started.");

    /// <summary>One whose sweeps share under other rules.</summary>
    public static SweepCluster Under(SharingRules sharing) => new(sharing);

    /// <summary>Another silo on the same data, after this one has ended.</summary>
    public SweepCluster Next() => new(_folder, ownsFolder: false, _sharing);

    public async ValueTask InitializeAsync()
    {
        await Store.OpenAsync(CancellationToken.None);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(TimeProvider.System);
            silo.Services.AddSingleton<ISweepStore>(Store);
            silo.Services.AddSingleton(_sharing);
            silo.Services.AddSingleton<IJobEngineFactory>(Simulated);
            silo.Services.AddSingleton(new SiloOptions { DataDirectory = _folder, Node = "node" });
            silo.Services.AddSweeperGrains(new DeviceHostOptions("node", Slots, null, _folder, Path.Combine(_folder, "checkpoints")));
            silo.Services.AddSingleton<HungThreads>();
            silo.Services.AddSingleton<WorkerAnnouncer>();
            silo.Services.AddHostedService(services => services.GetRequiredService<WorkerAnnouncer>());
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        IWorkerPoolGrain pool = _cluster.Client.GetGrain<IWorkerPoolGrain>(0);
        while ((await pool.ListAsync()).Length < Devices)
        {
            await Task.Delay(20);
        }
    }

    /// <summary>Ends the silo in good order.</summary>
    public async Task StopAsync()
    {
        if (_cluster is { } cluster)
        {
            _cluster = null;
            await cluster.StopAllSilosAsync();
            await cluster.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Store.DisposeAsync();
        Simulated.Dispose();
        if (_ownsFolder)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    public ISweepGrain Sweep(string name) => Silo.Client.GetGrain<ISweepGrain>(name);

    public IResultsGrain Results => Silo.Client.GetGrain<IResultsGrain>(0);

    internal SweepScript ScriptOf(string name) => Simulated.ScriptOf(name);

    /// <summary>Submits a spec that must be taken.</summary>
    public async Task SubmitAsync(SweepSpec spec)
    {
        SubmitResult result = await Sweep(spec.Name).SubmitAsync(spec);
        Assert.Equal([], result.Problems);
    }

    /// <summary>Watches a sweep until it looks as a test wants it; the view that does.</summary>
    public async Task<SweepView> UntilAsync(string name, Func<SweepView, bool> wanted)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        SweepView? last = null;
        while (true)
        {
            try
            {
                await foreach (SweepView view in Sweep(name).WatchAsync(limit.Token).WithCancellation(limit.Token))
                {
                    last = view;
                    if (wanted(view))
                    {
                        return view;
                    }
                }

                Assert.Fail($"The sweep ended otherwise: {last}");
            }
            catch (EnumerationAbortedException)
            {
                // The coordinator moved; a console watches on in the same way.
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                Assert.Fail($"Two minutes have passed; the last view was {last}");
            }
        }
    }

    /// <summary>Waits for the end of a sweep and takes its results from the store.</summary>
    public async Task<SweepResults> EndAsync(string name)
    {
        await UntilAsync(name, view => view.Status == SweepStatus.Completed);
        return await Results.GetAsync(name);
    }

    /// <summary>A spec with so many trials, in one cell, rates given.</summary>
    public static SweepSpec Trials(string name, int count)
    {
        string rates = string.Join(", ", Enumerable.Range(1, count).Select(number => $"0.{number:000}"));
        return Read(name, $"[{rates}]", "0");
    }

    /// <summary>A spec with range tests.</summary>
    public static SweepSpec RangeTested(string name) => Read(name, "{range_test: {points: 2}}", "[0, 1e-4]");

    private static SweepSpec Read(string name, string rates, string decays)
    {
        SpecReading reading = SpecReader.Read($$$"""
            name: {{{name}}}
            data: synthetic
            model: mlp
            training: {epochs: 2}
            search: {reuse: false, space: {max_lr: {{{rates}}}, batch_size: 32, weight_decay: {{{decays}}}}}
            """);
        Assert.Equal([], reading.Problems);
        return reading.Spec!;
    }
}
