using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Sweeper.Tests.Benchmarks.Running;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;

namespace Sweeper.Tests.Benchmarks.Streaming;

/// <summary>One trial in a process of its own: memory that was once taken is not seen to be given back.</summary>
internal static class StreamingCase
{
    /// <summary>First argument of such a child.</summary>
    public const string Verb = "streaming-case";

    private const double Mega = 1e6;

    /// <summary>The parent's side.</summary>
    public static async Task<StreamingReading> MeasureAsync(string folder, string home, bool streaming) =>
        JsonSerializer.Deserialize<StreamingReading>(await Child.RunAsync(Verb, folder, home, streaming ? "streamed" : "held")) ?? throw new InvalidOperationException("a child said nothing");

    /// <summary>The child's side: loads, trains an epoch, measures on all test images, and says what it took.</summary>
    public static int Run(string folder, string home, string how)
    {
        // On a thread of its own, as a slot's job is.
        var thread = new Thread(() => Console.WriteLine(JsonSerializer.Serialize(Measure(folder, home, how == "streamed"))));
        thread.Start();
        thread.Join();
        return 0;
    }

    private static StreamingReading Measure(string folder, string home, bool streaming)
    {
        TorchRuntime.Configure(1);
        double empty = Memory("VmRSS");
        long start = Stopwatch.GetTimestamp();
        using ImageData data = DataCatalog.Load(
            new DataOptions { Set = "image-folder", Path = folder, ImageSize = 64, Streaming = streaming },
            new DataLocations { Roots = [], DownloadRoot = home, AllowDownload = false });
        double load = Stopwatch.GetElapsedTime(start).TotalSeconds;
        TrainingResult result = new Trainer(TimeProvider.System).Run(
            new TrainingJob
            {
                Model = new ModelOptions { Name = "mlp" },
                Optimiser = new OptimiserOptions.Sgd { WeightDecay = 1e-4 },
                BatchSize = 128,
                Length = new RunLength.InEpochs(1),
                Schedule = total => SmithOneCycle.FromCycleFraction(0.001, 10, 0.9, total, 0.95, 0.85),
                Seed = 1,
            },
            data,
            null,
            CancellationToken.None);
        return result.Outcome is TrainingOutcome.Completed
            ? new StreamingReading(empty, Memory("VmHWM"), result.ImagesPerSecond, load)
            : throw new InvalidOperationException($"the trial ended as {result.Outcome}");
    }

    /// <summary>A line of the kernel's account of this process, in MB; proc(5).</summary>
    private static double Memory(string line) => double.Parse(
        File.ReadLines("/proc/self/status").Single(text => text.StartsWith(line + ":", StringComparison.Ordinal)).Split(':', ' ', '\t')[^2], CultureInfo.InvariantCulture) * 1024 / Mega;
}

/// <summary>What a trial took.</summary>
/// <param name="EmptyMegabytes">Resident memory before any data.</param>
/// <param name="PeakMegabytes">Most resident memory at any time.</param>
/// <param name="ImagesPerSecond">Training images a second.</param>
/// <param name="LoadSeconds">Time until training could begin.</param>
internal sealed record StreamingReading(double EmptyMegabytes, double PeakMegabytes, double ImagesPerSecond, double LoadSeconds);
