using System.Diagnostics;
using System.Globalization;
using Sweeper.Contracts.Telemetry;
using Sweeper.Tests.Benchmarks.Running;

namespace Sweeper.Tests.Benchmarks.Gaps;

/// <summary>Short real trainings one after the other: the time between two on the same device, the share of its time that is training.</summary>
internal sealed class GapsPart : IPart
{
    /// <summary>Steps of the spec's network on one thread of a quiet machine of 2026: about a second, about ten.</summary>
    private static readonly (int Steps, int Trials)[] Lengths = [(500, 60), (5_000, 12)];

    /// <inheritdoc />
    public string Name => "gaps";

    /// <inheritdoc />
    public string Words => "[embedded|cluster [STEPS TRIALS]]  time between two trials on a device, share of it that trains; 500 steps 60 trials, 5000 steps 12 trials";

    /// <inheritdoc />
    public async Task<IReadOnlyList<Figure>> RunAsync(string[] arguments)
    {
        string[] kinds = arguments is [string kind, ..] ? [kind] : ["embedded", "cluster"];
        (int, int)[] lengths = arguments is [_, string steps, string trials] ? [(Number(steps), Number(trials))] : Lengths;
        var figures = new List<Figure>();
        foreach (string each in kinds)
        {
            foreach ((int Steps, int Trials) length in lengths)
            {
                IReadOnlyList<SlotTimes>? times = each switch
                {
                    "embedded" => await EmbeddedAsync(length.Steps, length.Trials),
                    "cluster" => await ClusterAsync(length.Steps, length.Trials),
                    _ => throw new UsageException($"there is no '{each}': embedded, cluster"),
                };
                if (times is not null)
                {
                    figures.AddRange(Of(string.Create(CultureInfo.InvariantCulture, $"{each}/{length.Steps} steps"), length.Trials, times));
                }
            }
        }

        return figures;
    }

    /// <summary>A sweep of short trials on made-up images.</summary>
    public static string Spec(string name, int steps, int trials) => string.Create(CultureInfo.InvariantCulture, $$"""
        name: {{name}}
        seed: 5
        data: synthetic
        model: mlp
        training: {steps: {{steps}}}
        search:
          strategy: random
          trials: {{trials}}
          reuse: false
          space: {max_lr: {log: [0.003, 0.1]}, batch_size: 100, weight_decay: 1e-4, dropout: 0.1}
        """);

    private static async Task<IReadOnlyList<SlotTimes>> EmbeddedAsync(int steps, int trials)
    {
        var product = new Product(Directory.CreateTempSubdirectory("sweeper-gaps-").FullName);
        try
        {
            await product.RunAsync("run", product.Write("gaps.yaml", Spec("gaps", steps, trials)), "--slots", "1", "--threads", "1");
            return await product.MeasuredAsync(1);
        }
        finally
        {
            Directory.Delete(product.Folder, recursive: true);
        }
    }

    private static async Task<IReadOnlyList<SlotTimes>?> ClusterAsync(int steps, int trials)
    {
        if (!RedisServer.IsInstalled || PostgreSqlServer.Programs is null)
        {
            Console.WriteLine("  a cluster needs redis-server and postgresql-15 from Debian");
            return null;
        }

        var product = new Product(Directory.CreateTempSubdirectory("sweeper-gaps-").FullName);
        try
        {
            await using var postgres = new PostgreSqlServer { Sync = true };
            string store = postgres.ConnectionString(await postgres.CreateDatabaseAsync(CancellationToken.None));
            await using var redis = new RedisServer(Path.Combine(product.Folder, "redis"));
            await redis.StartAsync();
            int[] gateways = [Ports.Free(), Ports.Free()];
            Process[] silos = [.. gateways.Select((gateway, index) => product.StartSilo($"n{index + 1}", gateway, redis.ConnectionString, store))];
            try
            {
                string cluster = string.Join(',', gateways.Select(gateway => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{gateway}")));
                await product.RunAsync("run", product.Write("gaps.yaml", Spec("gaps", steps, trials)), "--cluster", cluster);
            }
            finally
            {
                await EndAsync(silos);
            }

            return await product.MeasuredAsync(silos.Length);
        }
        finally
        {
            Directory.Delete(product.Folder, recursive: true);
        }
    }

    private static async Task EndAsync(Process[] silos)
    {
        foreach (Process silo in silos)
        {
            await Product.TerminateAsync(silo.Id);
        }

        foreach (Process silo in silos)
        {
            await silo.WaitForExitAsync();
            silo.Dispose();
        }
    }

    private static IEnumerable<Figure> Of(string name, int trials, IReadOnlyList<SlotTimes> slots)
    {
        double[] toFirstStep = [.. slots.SelectMany(slot => slot.ToFirstStep)];
        double[] gaps = [.. slots.SelectMany(slot => slot.Gaps)];
        double training = slots.Sum(slot => slot.Seconds.GetValueOrDefault(SlotClock.Training));
        double work = slots.Sum(slot => slot.Seconds.Where(pair => pair.Key != SlotClock.Loading).Sum(pair => pair.Value));
        double whole = gaps.Sum() + slots.Sum(slot => slot.Seconds.Values.Sum());
        yield return Figure.Of($"{name} end to next first step, median", "ms", Better.Lower, 1e3 * Figure.Quantile(toFirstStep, 0.5));
        yield return Figure.Of($"{name} end to next first step, p99", "ms", Better.Lower, 1e3 * Figure.Quantile(toFirstStep, 0.99));
        yield return Figure.Of($"{name} of it without a job, median", "ms", Better.Lower, 1e3 * Figure.Quantile(gaps, 0.5));
        yield return Figure.Of($"{name} share of device time training", Figure.Ratio, Better.Higher, training / whole);
        yield return Figure.Of($"{name} share of device time training, reading, saving", Figure.Ratio, Better.Higher, work / whole);
        yield return Figure.Of($"{name} a trial's work, mean", "s", Better.Lower, work / trials);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
