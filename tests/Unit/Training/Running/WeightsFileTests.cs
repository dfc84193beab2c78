using Sweeper.Training.Data;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Running;

/// <summary>Runs that start from the final weights of others.</summary>
public sealed class WeightsFileTests : IDisposable
{
    private readonly ImageData _data = EngineFixtures.Tiny();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sweeper-weights-");

    private string File1 => Path.Combine(_folder.FullName, "first.weights");

    public void Dispose()
    {
        _data.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Run_FromWeights_StartsWithThemAndChangesNothingInTheRunThatLeftThem()
    {
        TrainingJob job = EngineFixtures.Job();
        TrainingResult alone = Run(job);
        TrainingResult first = Run(job with { FinalWeights = File1 });

        TrainingResult second = Run(job with { StartWeights = File1 });

        Assert.Equal(alone.FinalWeightsHash, first.FinalWeightsHash);
        Assert.NotEqual(first.FinalWeightsHash, second.FinalWeightsHash);
        Assert.True(second.Curve[0].TrainLoss < first.Curve[0].TrainLoss, $"{second.Curve[0].TrainLoss} after {first.Curve[0].TrainLoss}");
        Assert.Equal(second.FinalWeightsHash, Run(job with { StartWeights = File1 }).FinalWeightsHash);
    }

    [Fact]
    public void Run_InterruptedAfterAStartFromWeights_NeedsThemNoMoreAndEndsWithTheSameBits()
    {
        TrainingJob job = EngineFixtures.Job();
        Run(job with { FinalWeights = File1 });
        TrainingJob later = job with { StartWeights = File1, Checkpoint = new CheckpointOptions { Path = Path.Combine(_folder.FullName, "second.ckpt") } };
        TrainingResult whole = Run(job with { StartWeights = File1 });
        using CancellationTokenSource stop = new();
        SynchronousProgress cancel = new(report =>
        {
            if (report.Step == 10)
            {
                stop.Cancel();
            }
        });
        Assert.IsType<TrainingOutcome.Cancelled>(new Trainer(TimeProvider.System).Run(later with { ProgressInterval = TimeSpan.Zero }, _data, cancel, stop.Token).Outcome);
        File.Delete(File1);

        TrainerTests.AssertSameNumbers(whole, Run(later with { ProgressInterval = TimeSpan.Zero }));
    }

    [Fact]
    public void Run_WeightsMissingOrDamaged_IsRefusedAndNeverStartsFromFreshOnes()
    {
        TrainingJob job = EngineFixtures.Job();
        Assert.Contains("are missing", Refused(job with { StartWeights = File1 }), StringComparison.Ordinal);

        Run(job with { FinalWeights = File1 });
        byte[] bytes = File.ReadAllBytes(File1);
        bytes[^1] ^= 1;
        File.WriteAllBytes(File1, bytes);
        Assert.Contains("cannot be read or have been changed", Refused(job with { StartWeights = File1 }), StringComparison.Ordinal);
    }

    private string Refused(TrainingJob job) => Assert.Throws<CheckpointException>(() => Run(job)).Message;

    private TrainingResult Run(TrainingJob job) => new Trainer(TimeProvider.System).Run(job, _data, null, CancellationToken.None);
}
