using System.Diagnostics;
using System.Globalization;
using Sweeper.Tests.Benchmarks.Running;
using Sweeper.Training.Data;
using Sweeper.Training.Fusing;
using Sweeper.Training.Models;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;

namespace Sweeper.Tests.Benchmarks.Fusing;

/// <summary>Whole trials in one slot of a device, fused and one after another in turn, and what the probe would have chosen.</summary>
internal sealed class FusedPart : IPart
{
    private static readonly string[] Models = ["mlp", "lenet", "small-cnn"];
    private static readonly int[] Members = [2, 4, 8, 16];

    /// <inheritdoc />
    public string Name => "fused";

    /// <inheritdoc />
    public string Words => "[MODEL [STEPS ROUNDS [BATCH]]]  trials per hour, fused and one after another, on the first device; mlp, lenet and small-cnn, 60 steps, 3 rounds, batch 64";

    /// <inheritdoc />
    public Task<IReadOnlyList<Figure>> RunAsync(string[] arguments)
    {
        string[] models = arguments is [var one, ..] ? [one] : Models;
        if (models.Except(ModelCatalog.Names).Any())
        {
            throw new UsageException($"there is no model '{models[0]}': {string.Join(", ", ModelCatalog.Names)}");
        }

        (int steps, int rounds) = arguments is [_, var first, var second, ..] ? (Number(first), Number(second)) : (60, 3);
        int batch = arguments is [_, _, _, var third] ? Number(third) : 64;
        TorchRuntime.Configure(1);
        TorchDevice device = TorchRuntime.Devices[0];
        using ImageData loaded = DataCatalog.Load(
            new DataOptions { Set = "synthetic" }, new DataLocations { Roots = [], DownloadRoot = Path.GetTempPath(), AllowDownload = false }, null, CancellationToken.None);
        using ImageData data = loaded.To(device.ToTorch());
        Console.WriteLine($"  {device.Description}, one slot, {steps} steps of {batch} images a trial");
        List<Figure> figures = [];
        foreach (string model in models)
        {
            FusionReading reading = new FusionProbe(TimeProvider.System).Measure(Job(model, batch, steps, 0), data, Members[^1]);
            Console.WriteLine($"  {model}: the probe reads {reading}, and would take {reading.Best}");
            foreach (int members in Members)
            {
                figures.AddRange(Compare(model, batch, steps, rounds, members, data));
            }
        }

        return Task.FromResult<IReadOnlyList<Figure>>(figures);
    }

    private static IEnumerable<Figure> Compare(string model, int batch, int steps, int rounds, int members, ImageData data)
    {
        TrainingJob[] jobs = [.. Enumerable.Range(0, members).Select(k => Job(model, batch, steps, k))];
        double[] alone = new double[rounds];
        double[] fused = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            alone[round] = TrialsPerHour(jobs, data, null);
            using TrainingArrays arrays = new(lanes: 1) { Members = members };
            fused[round] = TrialsPerHour(jobs, data, arrays);
        }

        string name = string.Create(CultureInfo.InvariantCulture, $"{model}/{members}");
        double[] gain = [.. fused.Zip(alone, (together, apart) => together / apart)];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-14} one after another {Figure.Quantile(alone, 0.5),9:0}, fused {Figure.Quantile(fused, 0.5),9:0} trials an hour, gain {Figure.Quantile(gain, 0.5):0.00} ({gain.Min():0.00} to {gain.Max():0.00})"));
        yield return new Figure($"{name} one after another, trials per hour", "1/h", Better.Higher, alone);
        yield return new Figure($"{name} fused, trials per hour", "1/h", Better.Higher, fused);
        yield return new Figure($"{name} gain", Figure.Ratio, Better.Higher, gain);
    }

    private static double TrialsPerHour(TrainingJob[] jobs, ImageData data, TrainingArrays? arrays)
    {
        Trainer trainer = new(TimeProvider.System, arrays);
        long start = Stopwatch.GetTimestamp();
        if (arrays is null)
        {
            Array.ForEach(jobs, job => Run(trainer, job, data));
        }
        else
        {
            Thread[] threads = [.. jobs.Select(job => new Thread(() => Run(trainer, job, data)))];
            Array.ForEach(threads, thread => thread.Start());
            Array.ForEach(threads, thread => thread.Join());
        }

        return jobs.Length / Stopwatch.GetElapsedTime(start).TotalHours;
    }

    private static void Run(Trainer trainer, TrainingJob job, ImageData data)
    {
        TrainingResult result = trainer.Run(job, data, null, CancellationToken.None);
        if (result.Outcome is not TrainingOutcome.Completed)
        {
            throw new InvalidOperationException($"a trial ended as {result.Outcome}");
        }
    }

    private static TrainingJob Job(string model, int batch, int steps, int k) => new()
    {
        Model = new ModelOptions { Name = model },
        Optimiser = new OptimiserOptions.Sgd { WeightDecay = 1e-4 * k },
        BatchSize = batch,
        Length = new RunLength.InSteps(steps),
        Schedule = total => SmithOneCycle.FromCycleFraction(0.001 * (k + 1), 10, 0.9, total, 0.95, 0.85),
        Seed = 1 + k,
    };

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
        ? number
        : throw new UsageException($"'{text}' is not a whole number of at least 1");
}
