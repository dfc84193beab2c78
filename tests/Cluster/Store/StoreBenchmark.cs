using System.Diagnostics;
using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;

namespace Sweeper.Tests.Cluster.Store;

/// <summary>Measures both engines, commits synced to the disk: <c>dotnet run --project tests/Cluster -c Release -- store-benchmark FOLDER</c>.</summary>
internal static class StoreBenchmark
{
    public const string Verb = "store-benchmark";

    private const int ManyTrials = 100_000;
    private const int CurvePoints = 200;
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(5);

    /// <summary>Runs it.</summary>
    /// <param name="folder">Folder on the disk to measure.</param>
    public static async Task<int> RunAsync(string folder)
    {
        string path = Path.Combine(folder, "store-benchmark.db");
        await MeasureAsync("SQLite", new StoreOptions.Sqlite(path));
        foreach (string file in Directory.GetFiles(folder, "store-benchmark.db*"))
        {
            File.Delete(file);
        }

        if (PostgreSqlServer.Programs is null)
        {
            Console.WriteLine("PostgreSQL: its server programs are missing (apt-get install postgresql-15)");
            return 0;
        }

        await using var server = new PostgreSqlServer { Sync = true };
        await MeasureAsync("PostgreSQL", new StoreOptions.PostgreSql(server.ConnectionString(await server.CreateDatabaseAsync(CancellationToken.None))));
        return 0;
    }

    private static async Task MeasureAsync(string engine, StoreOptions options)
    {
        await using var store = (RelationalSweepStore)SweepStores.Open(options);
        await store.OpenAsync(CancellationToken.None);
        await AppendAsync(store, "warm-up", 8, TimeSpan.FromSeconds(1));
        foreach (int writers in new[] { 1, 8, 64 })
        {
            long before = store.Transactions;
            var clock = Stopwatch.StartNew();
            int appends = await AppendAsync(store, string.Create(CultureInfo.InvariantCulture, $"writers-{writers}"), writers, Long);
            double seconds = clock.Elapsed.TotalSeconds;
            Print(engine, $"{writers} writers", $"{appends / seconds:F0} appends/s, {(store.Transactions - before) / seconds:F0} commits/s");
        }

        TrialRecord[] trials = [.. Enumerable.Range(1, ManyTrials).Select(number => Samples.Trial(number))];
        await TimeAsync(engine, "first write of 100,000 waiting trials", () => store.AppendAsync(Samples.First("many", trials), CancellationToken.None));
        await TimeAsync(engine, "reading them back", () => store.ReadResultsAsync("many", CancellationToken.None));
        trials = [.. trials.Select(trial => Samples.Trial(trial.Number, new JobOutcome.Trained(Samples.Score(0.9))))];
        await TimeAsync(engine, "writing 100,000 ended trials over them", () => store.AppendAsync(Samples.Next("many", 2, "x", trials), CancellationToken.None));
        await TimeAsync(engine, "reading them back", () => store.ReadResultsAsync("many", CancellationToken.None));
        SweepWrite events = Samples.Next("many", 3) with { Events = [.. Enumerable.Range(3, 2 * ManyTrials).Select(sequence => Samples.Event(sequence))] };
        await TimeAsync(engine, "writing 200,000 events", () => store.AppendAsync(events, CancellationToken.None));
        await TimeAsync(engine, "reading them back", () => store.ReadEventsAsync("many", CancellationToken.None));
        await TimeAsync(engine, "deleting the sweep", () => store.DeleteAsync("many", CancellationToken.None));
    }

    /// <summary>Ends trials as coordinators do, each writer a sweep of its own.</summary>
    private static async Task<int> AppendAsync(RelationalSweepStore store, string name, int writers, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        int[] appends = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            string sweep = string.Create(CultureInfo.InvariantCulture, $"{name}-{writer}");
            await store.AppendAsync(Samples.First(sweep), CancellationToken.None);
            int count = 1;
            for (; clock.Elapsed < time; count++)
            {
                JobKey job = Samples.TrialKey(sweep, count);
                SweepWrite write = Samples.Next(sweep, count + 1, "x", Samples.Trial(count, new JobOutcome.Trained(Samples.Score(0.9)))) with
                {
                    Attempts = [Samples.Attempt(job, 1, "trained")],
                    Curves = [new StoredCurves(job, 1, Samples.Curves(CurvePoints))],
                };
                await store.AppendAsync(write, CancellationToken.None);
            }

            return count;
        })));
        return appends.Sum();
    }

    private static async Task TimeAsync(string engine, string what, Func<Task> action)
    {
        var clock = Stopwatch.StartNew();
        await action();
        Print(engine, what, $"{clock.Elapsed.TotalSeconds:F2} s");
    }

    private static void Print(string engine, FormattableString what, FormattableString result) =>
        Print(engine, what.ToString(CultureInfo.InvariantCulture), result);

    private static void Print(string engine, string what, FormattableString result) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{engine,-10} {what,-40} {result.ToString(CultureInfo.InvariantCulture)}"));
}
