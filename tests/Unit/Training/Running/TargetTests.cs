using Sweeper.Training.Data;
using Sweeper.Training.Fusing;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Running;

/// <summary>Class weights, mixup and cutmix in a run.</summary>
public sealed class TargetTests : IDisposable
{
    private readonly ImageData _data = EngineFixtures.Tiny();
    private readonly Trainer _trainer = new(TimeProvider.System);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweeper-targets-");

    private CheckpointOptions Checkpoint => new() { Path = Path.Combine(_folder.FullName, "run.ckpt") };

    public void Dispose()
    {
        _data.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(0.3, 0, false)]
    [InlineData(0, 1, false)]
    [InlineData(0, 0, true)]
    [InlineData(0.3, 1, true)]
    public void Run_WithThem_IsReproducedAndDiffersFromThePlainOne(double mixup, double cutmix, bool weighted)
    {
        TrainingJob job = EngineFixtures.Job() with { Targets = Targets(mixup, cutmix, weighted) };

        TrainingResult first = Run(job);

        Assert.IsType<TrainingOutcome.Completed>(first.Outcome);
        Assert.Equal(first.FinalWeightsHash, Run(job).FinalWeightsHash);
        Assert.NotEqual(first.FinalWeightsHash, Run(EngineFixtures.Job()).FinalWeightsHash);
    }

    [Theory]
    [InlineData(0.3, 0, false)]
    [InlineData(0, 1, false)]
    [InlineData(0, 0, true)]
    [InlineData(0.3, 1, true)]
    public void Run_InterruptedAndResumed_EndsWithTheSameWeights(double mixup, double cutmix, bool weighted)
    {
        TrainingJob job = EngineFixtures.Job() with { Targets = Targets(mixup, cutmix, weighted) };
        TrainingJob saved = job with { Checkpoint = Checkpoint };
        using var stop = new CancellationTokenSource();
        TrainingResult cut = _trainer.Run(saved, _data, new StopAt(stop, 12), stop.Token);
        Assert.IsType<TrainingOutcome.Cancelled>(cut.Outcome);

        TrainingResult resumed = Run(saved);

        Assert.True(resumed.ResumedFromStep > 0, "it began anew");
        Assert.Equal(Run(job).FinalWeightsHash, resumed.FinalWeightsHash);
    }

    [Fact]
    public void Run_OtherTargets_RefuseTheCheckpoint()
    {
        TrainingJob saved = EngineFixtures.Job() with { Targets = new TargetOptions(Mixup: 0.3), Checkpoint = Checkpoint };
        using var stop = new CancellationTokenSource();
        _trainer.Run(saved, _data, new StopAt(stop, 12), stop.Token);

        Assert.Throws<CheckpointException>(() => Run(saved with { Targets = new TargetOptions(Mixup: 0.4) }));
    }

    [Fact]
    public void Run_EqualWeights_AreNoWeights()
    {
        TrainingResult plain = Run(EngineFixtures.Job());
        TrainingResult weighted = Run(EngineFixtures.Job() with { Targets = new TargetOptions(Weights: new ClassWeighting([("a", 1), ("b", 1), ("c", 1)])) });

        Assert.Equal(plain.Curve[0].TrainLoss, weighted.Curve[0].TrainLoss, 1e-5);
    }

    [Fact]
    public void Of_Balanced_WeighsByTheInverseShare()
    {
        double[] weights = new ClassWeighting([]).Of(["a", "b", "c"], [0, 0, 0, 1]);

        Assert.Equal([2.0 / 3, 2, 1], weights);
        Assert.Throws<ArgumentException>(() => new ClassWeighting([("d", 2)]).Of(["a"], [0]));
    }

    [Fact]
    public void Run_BesideOthers_IsNotFused()
    {
        var targets = new TargetOptions(Mixup: 0.3);

        Assert.NotEqual(Key(targets), Key(targets));
        Assert.Equal(Key(null), Key(TargetOptions.None));

        ArrayKey Key(TargetOptions? of) => ArrayKey.Of(EngineFixtures.Job().Model, EngineFixtures.Job().Optimiser, _data, 16, 0, of);
    }

    [Fact]
    public void Run_OptionsOutOfRange_SaysAllOfThem()
    {
        string message = Assert.Throws<ArgumentException>(() => Run(EngineFixtures.Job() with
        {
            Targets = new TargetOptions(Mixup: -1, Cutmix: double.NaN, Weights: new ClassWeighting([("a", 0)])),
        })).Message;

        Assert.Contains("alpha of mixup is -1", message, StringComparison.Ordinal);
        Assert.Contains("alpha of cutmix is NaN", message, StringComparison.Ordinal);
        Assert.Contains("weight of class a is 0", message, StringComparison.Ordinal);
    }

    private static TargetOptions Targets(double mixup, double cutmix, bool weighted) =>
        new(mixup, cutmix, weighted ? new ClassWeighting([("a", 3), ("c", 0.5)]) : null);

    private TrainingResult Run(TrainingJob job) => _trainer.Run(job, _data, null, CancellationToken.None);
}
