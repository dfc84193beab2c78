using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Optimisers;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;

namespace Sweeper.Tests.Unit.Training;

/// <summary>What tests of the engine start from.</summary>
internal static class EngineFixtures
{
    private static readonly DataLocations Nowhere = new() { Roots = [], DownloadRoot = Path.GetTempPath(), AllowDownload = false };

    // Test classes run side by side: more native threads would only wait for each other.
    static EngineFixtures() => TorchRuntime.Configure(1);

    /// <summary>The made-up data set, 28 pixels a side.</summary>
    public static ImageData Synthetic() =>
        DataCatalog.Load(new DataOptions { Set = "synthetic" }, Nowhere, null, CancellationToken.None);

    /// <summary>Three classes of 8 x 8 pixels that a bright quadrant tells apart: 200 to train on, 60 to test.</summary>
    public static ImageData Tiny()
    {
        TorchRuntime.Configure(1);
        return ImageData.From("tiny", new RawImages(new ImageShape(1, 8, 8), ["a", "b", "c"], Part(200, 1), Part(60, 2), "made up"));

        static RawPart Part(int count, long seed)
        {
            SeededRandom random = new(seed, 0x71);
            byte[] pixels = new byte[count * 64];
            int[] labels = [.. Enumerable.Range(0, count).Select(i => i % 3)];
            for (int p = 0; p < pixels.Length; p++)
            {
                int quadrant = (p % 64 / 32 * 2) + (p % 8 / 4);
                pixels[p] = (byte)(random.Next(150) + (quadrant == labels[p / 64] ? 100 : 0));
            }

            return new RawPart(pixels, labels);
        }
    }

    /// <summary>A run with everything that has a state: batch norm, dropout, augmentation, momentum.</summary>
    public static TrainingJob Job(bool adam = false, double epochs = 3, double peak = 0.05, long seed = 5) => new()
    {
        Model = new ModelOptions { Name = "small-cnn", Dropout = 0.2 },
        Optimiser = adam
            ? new OptimiserOptions.AdamW { WeightDecay = 1e-2 }
            : new OptimiserOptions.Sgd { WeightDecay = 1e-3, Nesterov = true, DecayBiasesAndNorms = false, ClipNorm = 5 },
        BatchSize = 16,
        Length = new RunLength.InEpochs(epochs),
        Schedule = steps => SmithOneCycle.FromCycleFraction(adam ? peak / 10 : peak, 10, 0.9, steps, 0.95, 0.85),
        Augmentation = new Augmentation { Flip = true, PadCrop = 1, Cutout = 2 },
        Evaluation = new EvaluationPlan { TestAtEpochs = [2], BatchSize = 32 },
        ProgressInterval = TimeSpan.Zero,
        Seed = seed,
    };
}
