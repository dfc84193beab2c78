using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Telemetry;
using Sweeper.Grains.Store;
using Sweeper.Tests.Benchmarks.Folding;

namespace Sweeper.Tests.Benchmarks.Orchestration;

/// <summary>One sweep of trials that train nothing, in a process of its own: its peak memory is nobody else's.</summary>
internal static class NoOpCase
{
    /// <summary>Door of <c>Program.cs</c>.</summary>
    public const string Verb = "no-op-sweep";

    private const string Sweep = "no-op";
    private const int WarmUp = 300;

    /// <summary>Runs it and prints <see cref="NoOpResult"/> as the last line.</summary>
    /// <param name="store"><c>sqlite</c> or <c>postgresql</c>.</param>
    /// <param name="kind">A kind of <see cref="MadeSpec"/>.</param>
    /// <param name="trials">Trials.</param>
    /// <param name="workers">Workers of one slot each.</param>
    /// <param name="sweeps">Sweeps that run at once and share the trials.</param>
    public static async Task<int> RunAsync(string store, string kind, int trials, int workers, int sweeps)
    {
        string folder = Directory.CreateTempSubdirectory("sweeper-benchmark-").FullName;
        try
        {
            await using PostgreSqlServer? server = store == "postgresql" ? new PostgreSqlServer { Sync = true } : null;
            StoreOptions options = server is null
                ? new StoreOptions.Sqlite(Path.Combine(folder, "sweeper.db"))
                : new StoreOptions.PostgreSql(server.ConnectionString(await server.CreateDatabaseAsync(CancellationToken.None)));
            NoOpResult result = await MeasureAsync(options, kind, trials, workers, sweeps, folder);
            Console.WriteLine(result.Write());
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<NoOpResult> MeasureAsync(StoreOptions options, string kind, int trials, int workers, int sweeps, string folder)
    {
        await using ISweepStore store = SweepStores.Open(options);
        await store.OpenAsync(CancellationToken.None);
        var batches = new List<double>();
        using MeterListener listener = Listen(batches);
        NoOpSilo silo = await NoOpSilo.StartAsync(store, folder, workers);
        double seconds;
        double perTrial;
        double processor;
        await using (silo)
        {
            await SubmitAsync(silo, MadeSpec.Of(kind, "warm-up", WarmUp, reuse: true, seed: 1));
            await silo.EndAsync("warm-up");
            long before = GC.GetTotalMemory(forceFullCollection: true);
            lock (batches)
            {
                batches.Clear();
            }

            TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, sweeps).Select(async number =>
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"{Sweep}-{number}");
                await SubmitAsync(silo, MadeSpec.Of(kind, name, trials / sweeps, reuse: true, seed: number + 2)); // no trial is another's
                await silo.EndAsync(name);
            }));
            seconds = clock.Elapsed.TotalSeconds;
            processor = (Process.GetCurrentProcess().TotalProcessorTime - used).TotalSeconds;
            perTrial = (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / trials;
        }

        double again = await ReactivateAsync(store, folder);
        lock (batches)
        {
            return new NoOpResult(seconds, processor, perTrial, PeakMemory(), batches.Average(), batches.Max(), again);
        }
    }

    private static async Task SubmitAsync(NoOpSilo silo, SweepSpec spec)
    {
        SubmitResult result = await silo.Grains.GetGrain<ISweepGrain>(spec.Name).SubmitAsync(spec);
        if (result.Status != SubmitStatus.Created)
        {
            throw new InvalidOperationException($"{spec.Name}: {result.Status} {string.Join("; ", result.Problems)}");
        }
    }

    /// <summary>Time until the coordinator of a new silo has read the sweep.</summary>
    private static async Task<double> ReactivateAsync(ISweepStore store, string folder)
    {
        NoOpSilo silo = await NoOpSilo.StartAsync(store, folder, devices: 1);
        await using (silo)
        {
            var clock = Stopwatch.StartNew();
            await silo.Grains.GetGrain<ISweepGrain>(Sweep + "-0").IsAtWorkAsync();
            return clock.Elapsed.TotalSeconds;
        }
    }

    private static MeterListener Listen(List<double> batches)
    {
        string wanted = Instruments.StoreBatch.Name; // before anything listens: instruments publish themselves while they are made
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Name == wanted)
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) =>
        {
            lock (batches)
            {
                batches.Add(value);
            }
        });
        listener.Start();
        return listener;
    }

    private static double PeakMemory()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
