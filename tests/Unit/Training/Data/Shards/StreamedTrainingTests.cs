using Sweeper.Tests.Unit.Training.Fusing;
using Sweeper.Tests.Unit.Training.Running;
using Sweeper.Training.Data;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Data.Shards;

/// <summary>Whole runs over images on disk.</summary>
public sealed class StreamedTrainingTests : IDisposable
{
    private readonly PictureFolder _folder = PictureFolder.WithTestPart();
    private readonly ImageData _data;

    public StreamedTrainingTests()
    {
        TorchRuntime.Configure(1); // test classes run side by side
        _data = _folder.Streamed();
    }

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Run_CancelledAndResumed_EndsWithTheSameBits()
    {
        TrainingJob job = EngineFixtures.Job() with { BatchSize = 7 };
        TrainingResult whole = Run(job, _data, stopAt: null);
        TrainingJob saved = job with { Checkpoint = new CheckpointOptions { Path = Path.Combine(_folder.Cache, "..", "trial.ckpt"), SaveOnCancel = true } };
        foreach (int stop in new[] { 3, 8, 14 })
        {
            Assert.Equal(new TrainingOutcome.Cancelled(stop), Run(saved, _data, stop).Outcome);
        }

        TrainingResult resumed = Run(saved, _data, stopAt: null);

        Assert.Equal(14, resumed.ResumedFromStep);
        TrainerTests.AssertSameNumbers(whole, resumed);
    }

    [Fact]
    public void Run_BeforeTheFirstStep_MeasuresWhatItMeasuresInMemory()
    {
        using ImageData inMemory = _folder.InMemory();
        // A rate that moves no weight: all that can differ is how images are read and measured.
        TrainingJob job = EngineFixtures.Job(peak: 1e-30) with { BatchSize = 7, Validation = 0.3, Augmentation = Augmentation.None, Model = EngineFixtures.Job().Model with { Name = "mlp", Dropout = 0 } };

        Assert.Equal(Run(job, inMemory, stopAt: null).Evaluations, Run(job, _data, stopAt: null).Evaluations);
    }

    [Fact]
    public void Resume_OfARunInMemory_IsRefused()
    {
        using ImageData inMemory = _folder.InMemory();
        TrainingJob saved = EngineFixtures.Job() with { BatchSize = 7, Checkpoint = new CheckpointOptions { Path = Path.Combine(_folder.Cache, "..", "trial.ckpt"), SaveOnCancel = true } };
        Run(saved, inMemory, stopAt: 5);

        Assert.Throws<CheckpointException>(() => Run(saved, _data, stopAt: null)); // its order is another one
    }

    [Fact]
    public void Run_Fused_TakesTheBatchesThatEachTakesAlone()
    {
        TrainingJob[] jobs = [.. new[] { 0.02, 0.05 }.Select((peak, i) => FusedRuns.Job("mlp", 20, peak, 1e-4, 0, i + 1) with { BatchSize = 7 })];

        TrainingResult[] alone = FusedRuns.Alone(jobs, _data);
        TrainingResult[] together = FusedRuns.Together(jobs, _data);

        Assert.All(together, result => Assert.EndsWith(", fused", result.Circumstances.Platform, StringComparison.Ordinal));
        foreach ((TrainingResult one, TrainingResult other) in alone.Zip(together))
        {
            Assert.Equal(20, other.Curve.Length);
            Assert.All(one.Curve.Zip(other.Curve), pair => Assert.Equal(pair.First.TrainLoss, pair.Second.TrainLoss, 1e-3)); // of another batch it would be far off
        }
    }

    [Fact]
    public void RangeTestAndDryRun_Streamed_RunAsOnAnyData()
    {
        RangeTestJob job = new()
        {
            Model = EngineFixtures.Job().Model,
            Optimiser = EngineFixtures.Job().Optimiser,
            BatchSize = 7,
            Ramp = new RangeTestRamp.Linear(0, 0.1, new RunLength.InSteps(10), new HeldOutProbe { MaxImages = 8 }),
            MomentumStart = 0.9,
            Validation = 0.3,
            Seed = 1,
        };
        RangeTestResult result = new RangeTestRunner(TimeProvider.System).Run(job, _data, null, CancellationToken.None);

        Assert.Equal("8 of 14 validation images, class-balanced", result.MeasuredOn);
        Assert.Equal(10, result.Curve.Readings.Length);
        Assert.Null(ModelDryRun.Try(EngineFixtures.Job() with { BatchSize = 2 }, _data));
    }

    private static TrainingResult Run(TrainingJob job, ImageData data, int? stopAt)
    {
        using CancellationTokenSource cancel = new();
        return new Trainer(TimeProvider.System).Run(job, data, new SynchronousProgress(at =>
        {
            if (at.Step == stopAt)
            {
                cancel.Cancel();
            }
        }), cancel.Token);
    }
}
