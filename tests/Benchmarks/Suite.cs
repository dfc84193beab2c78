using System.Globalization;
using Sweeper.Tests.Benchmarks.Folding;
using Sweeper.Tests.Benchmarks.Fusing;
using Sweeper.Tests.Benchmarks.Gaps;
using Sweeper.Tests.Benchmarks.Latency;
using Sweeper.Tests.Benchmarks.Micro;
using Sweeper.Tests.Benchmarks.Orchestration;
using Sweeper.Tests.Benchmarks.Running;
using Sweeper.Tests.Benchmarks.Shapes;
using Sweeper.Tests.Benchmarks.Streaming;
using Sweeper.Tests.Benchmarks.Throughput;

namespace Sweeper.Tests.Benchmarks;

/// <summary>The benchmarks: <c>dotnet run --project tests/Benchmarks -c Release -- all</c>.</summary>
internal static class Suite
{
    private static readonly IPart[] Parts =
        [new FoldPart(), new OrchestrationPart(), new GapsPart(), new LatencyPart(), new ThroughputPart(), new FusedPart(), new MicroPart(), new StreamingPart(), new ShapesPart()];

    /// <summary>Runs what the command line asks for.</summary>
    /// <returns>0; 1 where figures are worse than recorded; 2 where the command line asks for something that there is not.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            switch (args)
            {
                case ["all"]:
                    foreach (IPart part in Parts)
                    {
                        await MeasureAsync(part, []);
                    }

                    return Comparison.Run(Measured, Recorded);
                case ["compare"]:
                    return Comparison.Run(Measured, Recorded);
                case ["compare", string folder]:
                    return Comparison.Run(folder, Recorded);
                case [string name, .. string[] arguments] when Parts.FirstOrDefault(part => part.Name == name) is { } chosen:
                    await MeasureAsync(chosen, arguments);
                    return 0;
                default:
                    throw new UsageException(args.Length == 0 ? "name a part" : $"there is no part '{args[0]}'");
            }
        }
        catch (UsageException error)
        {
            await Console.Error.WriteLineAsync("benchmarks: " + error.Message);
            await Console.Error.WriteLineAsync("  all                 every part, then compare");
            await Console.Error.WriteLineAsync("  compare [FOLDER]    results against those recorded in tests/Benchmarks/Recorded");
            foreach (IPart part in Parts)
            {
                await Console.Error.WriteLineAsync($"  {part.Name,-19} {part.Words}");
            }

            return 2;
        }
    }

    /// <summary>Where results go: <c>artifacts/benchmarks</c>, whatever the configuration.</summary>
    private static string Measured { get; } = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "benchmarks"));

    private static string Recorded { get; } = Path.Combine(AppContext.BaseDirectory, "Recorded");

    private static async Task MeasureAsync(IPart part, string[] arguments)
    {
        string machine = Measurements.Here();
        Console.WriteLine($"{part.Name}: {machine}");
        IReadOnlyList<Figure> figures = await part.RunAsync(arguments);
        foreach (Figure figure in figures)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {figure.Name,-64} {figure.Median,14:#,0.####} {figure.Unit,-10} n {figure.Values.Length}, {figure.Values.Min():#,0.####} to {figure.Values.Max():#,0.####}"));
        }

        Console.WriteLine("  " + new Measurements(part.Name, TimeProvider.System.GetUtcNow(), machine, figures).Write(Measured));
    }
}
