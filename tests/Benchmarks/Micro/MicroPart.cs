using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Sweeper.Tests.Benchmarks.Running;

namespace Sweeper.Tests.Benchmarks.Micro;

/// <summary>The small: what takes microseconds, with BenchmarkDotNet, in this process.</summary>
internal sealed class MicroPart : IPart
{
    private static readonly Type[] Classes = [typeof(ScheduleBenchmarks), typeof(UpdateBenchmarks), typeof(EventBenchmarks)];

    /// <inheritdoc />
    public string Name => "micro";

    /// <inheritdoc />
    public string Words => "a point of a schedule, an update, an event: time and managed memory of one, with BenchmarkDotNet";

    /// <inheritdoc />
    public Task<IReadOnlyList<Figure>> RunAsync(string[] arguments)
    {
        if (arguments.Length > 0)
        {
            throw new UsageException("micro takes no arguments");
        }

        string folder = Directory.CreateTempSubdirectory("sweeper-micro-").FullName;
        try
        {
            IConfig config = ManualConfig.CreateEmpty()
                .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.DontLogOutput).WithIterationCount(15).WithWarmupCount(5))
                .AddDiagnoser(MemoryDiagnoser.Default)
                .AddColumnProvider(DefaultColumnProviders.Instance)
                .AddLogger(NullLogger.Instance)
                .WithArtifactsPath(folder);
            BenchmarkReport[] reports = [.. Classes.SelectMany(type => BenchmarkRunner.Run(type, config).Reports)];
            if (Array.Find(reports, report => !report.Success) is { } failed)
            {
                throw new InvalidOperationException($"{Label(failed)} did not run");
            }

            return Task.FromResult<IReadOnlyList<Figure>>(
            [
                .. reports.SelectMany(Figures),
                Figure.Of("update of resnet56, TorchSharp's loop over flat", Figure.Ratio, Better.Higher, Mean(reports, "Loop") / Mean(reports, "Flat")),
            ]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Figure> Figures(BenchmarkReport report)
    {
        yield return new Figure(Label(report), "ns", Better.Lower, [.. report.AllMeasurements
            .Where(measurement => measurement.IterationMode == BenchmarkDotNet.Engines.IterationMode.Workload && measurement.IterationStage == BenchmarkDotNet.Engines.IterationStage.Result)
            .Select(measurement => measurement.Nanoseconds / measurement.Operations)]);
        if (report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) is { } bytes)
        {
            yield return Figure.Of($"{Label(report)}, managed memory", "B", Better.Lower, bytes);
        }
    }

    private static double Mean(BenchmarkReport[] reports, string method) =>
        reports.Single(report => report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method).ResultStatistics?.Mean
        ?? throw new InvalidOperationException($"{method} was not measured");

    private static string Label(BenchmarkReport report) =>
        $"{report.BenchmarkCase.Descriptor.Type.Name.Replace("Benchmarks", "", StringComparison.Ordinal).ToLowerInvariant()}, {report.BenchmarkCase.Descriptor.WorkloadMethod.Name}";
}
