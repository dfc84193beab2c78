using System.Diagnostics;
using System.Globalization;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;
using Sweeper.Tests.Benchmarks.Folding;
using Sweeper.Tests.Benchmarks.Orchestration;
using Sweeper.Tests.Benchmarks.Running;

namespace Sweeper.Tests.Benchmarks.Shapes;

/// <summary>The loads of Ray Tune's scalability benchmark, scaled to one machine: time over the ideal one.</summary>
internal sealed class ShapesPart : IPart
{
    /// <summary>First argument of the child that runs one.</summary>
    public const string Verb = "shape";

    /// <inheritdoc />
    public string Name => "shapes";

    /// <inheritdoc />
    public string Words => $"[SHAPE…]  trials that wait, report and save, over the ideal time, SQLite: {string.Join(' ', Shape.All.Select(shape => shape.Name))}";

    /// <inheritdoc />
    public async Task<IReadOnlyList<Figure>> RunAsync(string[] arguments)
    {
        List<Figure> figures = [];
        foreach (string name in arguments.Length > 0 ? arguments : [.. Shape.All.Select(shape => shape.Name)])
        {
            Shape shape = Shape.All.FirstOrDefault(one => one.Name == name) ?? throw new UsageException($"there is no shape '{name}'");
            string[] answer = (await Child.RunAsync(Verb, name)).Split(' ');
            double seconds = double.Parse(answer[0], CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {seconds:0.0} s, ideal {shape.Ideal:0}: {(seconds / shape.Ideal) - 1:+0.0 %}; Ray: {shape.Theirs}"));
            figures.Add(Figure.Of($"{name}: time over the ideal", Figure.Ratio, Better.Lower, seconds / shape.Ideal));
            figures.Add(Figure.Of($"{name}: processor time", "s", Better.Lower, double.Parse(answer[1], CultureInfo.InvariantCulture)));
        }

        return figures;
    }

    /// <summary>Runs one and prints seconds and processor seconds.</summary>
    /// <returns>0.</returns>
    public static async Task<int> RunOneAsync(string name)
    {
        Shape shape = Shape.All.First(one => one.Name == name);
        string folder = Directory.CreateTempSubdirectory("sweeper-shape-").FullName;
        try
        {
            await using ISweepStore store = SweepStores.Open(new StoreOptions.Sqlite(Path.Combine(folder, "sweeper.db")));
            await store.OpenAsync(CancellationToken.None);
            await using NoOpSilo silo = await NoOpSilo.StartAsync(store, folder, shape.Workers, () => new WaitingEngine(shape, folder));
            using var process = Process.GetCurrentProcess();
            TimeSpan before = process.TotalProcessorTime;
            var clock = Stopwatch.StartNew();
            SubmitResult result = await silo.Grains.GetGrain<ISweepGrain>(name).SubmitAsync(MadeSpec.Of("random", name, shape.Trials));
            if (result.Status != SubmitStatus.Created)
            {
                throw new InvalidOperationException($"{name}: {result.Status} {string.Join("; ", result.Problems)}");
            }

            await silo.EndAsync(name);
            double seconds = clock.Elapsed.TotalSeconds;
            process.Refresh();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds} {(process.TotalProcessorTime - before).TotalSeconds}"));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
