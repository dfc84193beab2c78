using System.Runtime.InteropServices;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;
using TorchSharp;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Running;

public sealed class TrainerTests : IDisposable
{
    private readonly ImageData _data = EngineFixtures.Tiny();
    private readonly Trainer _trainer = new(TimeProvider.System);

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Run_FewerImagesAndSteps_TakesAsManyStepsAndIsMeasuredOnTheSameImages()
    {
        TrainingJob all = EngineFixtures.Job() with
        {
            Length = new RunLength.InSteps(30),
            Evaluation = new EvaluationPlan { ValidateEverySteps = 10 },
        };

        TrainingResult whole = Run(all);
        TrainingResult named = Run(all with { TrainImages = 180 });
        TrainingResult few = Run(all with { TrainImages = 45 });

        Assert.Equal((30, 180, 20), (whole.Steps, whole.Circumstances.TrainImages, whole.Circumstances.ValidationImages));
        Assert.Equal((30, 45, 20), (few.Steps, few.Circumstances.TrainImages, few.Circumstances.ValidationImages));
        Assert.Equal((2, 15.0), (few.StepsPerEpoch, few.Epochs));
        Assert.Equal(whole.FinalWeightsHash, named.FinalWeightsHash);
        Assert.NotEqual(whole.FinalWeightsHash, few.FinalWeightsHash);
        Assert.Equal(
            [(10, EvaluationImages.Validation), (20, EvaluationImages.Validation), (30, EvaluationImages.Validation), (30, EvaluationImages.Test)],
            few.Evaluations.Select(reading => (reading.Step, reading.Images)));
        Assert.Contains("number of training images", Assert.Throws<ArgumentException>(() => Run(all with { TrainImages = 0 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(all with { TrainImages = 181 }));
    }

    [Fact]
    public void Run_LabelSmoothing_TrainsOnTheSmoothedLossAndIsMeasuredWithout()
    {
        // (1 - s) CE + s U: linear in s, and both ends are known.
        double plain = FirstLoss(0);
        double half = FirstLoss(0.5);
        Assert.Equal((0.8 * plain) + (0.2 * ((2 * half) - plain)), FirstLoss(0.2), 1e-4);
        Assert.NotEqual(plain, half, 1e-4);

        // A rate of nothing: batch norm's statistics move alike, the weights not at all, so what is measured is the same.
        TrainingJob still = EngineFixtures.Job(peak: 1e-12);
        Assert.Equal(Run(still).Test!.Value.Loss, Run(still with { LabelSmoothing = 0.5 }).Test!.Value.Loss, 1e-6);
        Assert.NotEqual(Run(EngineFixtures.Job()).FinalWeightsHash, Run(EngineFixtures.Job() with { LabelSmoothing = 0.1 }).FinalWeightsHash);
        Assert.Contains("label smoothing is 1;", Assert.Throws<ArgumentException>(() => Run(EngineFixtures.Job() with { LabelSmoothing = 1 })).Message, StringComparison.Ordinal);

        double FirstLoss(double share) => Run(EngineFixtures.Job() with { LabelSmoothing = share }).Curve[0].TrainLoss;
    }

    [Fact]
    public void Run_WholeJob_IsReadClassByClassAtItsEndAloneAlsoWhereItStoppedBetween()
    {
        TrainingResult whole = Run(EngineFixtures.Job());

        Assert.Equal([false, false, false, true, true], whole.Evaluations.Select(reading => reading.Classes is not null));
        Assert.All(whole.Evaluations.TakeLast(2), reading =>
        {
            Assert.Null(reading.Classes!.Value.Top5Accuracy); // three classes
            Assert.InRange(reading.Classes.Value.BalancedAccuracy, 0, 1);
            Assert.InRange(reading.Classes.Value.MacroF1, 0, 1);
        });

        string path = Path.Combine(Directory.CreateTempSubdirectory("sweeper-end-").FullName, "run.ckpt");
        TrainingJob saved = EngineFixtures.Job() with { Checkpoint = new CheckpointOptions { Path = path } };
        using var stop = new CancellationTokenSource();
        TrainingResult cut = _trainer.Run(saved, _data, new StopAt(stop, whole.TotalSteps), stop.Token);
        TrainingResult resumed = Run(saved);

        Assert.Equal(new TrainingOutcome.Cancelled(whole.TotalSteps), cut.Outcome);
        Assert.Equal(whole.TotalSteps, resumed.ResumedFromStep);
        Assert.Equal(whole.Evaluations.AsEnumerable(), resumed.Evaluations);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Run_WholeJob_LearnsAndRecordsEverything()
    {
        TrainingResult result = Run(EngineFixtures.Job(epochs: 6) with { Augmentation = Augmentation.None });

        Assert.IsType<TrainingOutcome.Completed>(result.Outcome);
        // 180 of 200 images remain, 11 full batches of 16 an epoch.
        Assert.Equal((66, 66, 11, 0), (result.Steps, result.TotalSteps, result.StepsPerEpoch, result.ResumedFromStep));
        Assert.Equal((180, 20), (result.Circumstances.TrainImages, result.Circumstances.ValidationImages));
        Assert.Equal(Enumerable.Range(1, 66), result.Curve.Select(point => point.Step));
        Assert.Equal(0.05, result.Curve.Max(point => point.LearningRate), 0.005);
        Assert.Equal(
            [(11, EvaluationImages.Validation), (22, EvaluationImages.Validation), (22, EvaluationImages.Test), (33, EvaluationImages.Validation),
                (44, EvaluationImages.Validation), (55, EvaluationImages.Validation), (66, EvaluationImages.Validation), (66, EvaluationImages.Test)],
            result.Evaluations.Select(reading => (reading.Step, reading.Images)));
        Assert.True(result.Test!.Value.Accuracy > 0.8, $"test accuracy {result.Test}");
        Assert.Equal(result.Evaluations[^2], result.Validation);
        Assert.True(result.Curve[^1].TrainLoss < 0.7 * result.Curve[0].TrainLoss);
        Assert.Equal(6, result.Epochs);
        Assert.Equal("CPU (1 thread)", result.Circumstances.Device);
        Assert.Contains("libtorch 2.", result.Circumstances.Versions, StringComparison.Ordinal);
        Assert.Equal(_data.ContentHash, result.Circumstances.DataHash);
        Assert.True(result.ImagesPerSecond > 0 && result.TrainingTime <= result.WallTime);
        Assert.Matches("^[0-9a-f]{64}$", result.FinalWeightsHash);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Run_SameSeed_IsBitEqual(bool adam)
    {
        TrainingResult one = Run(EngineFixtures.Job(adam));
        TrainingResult same = Run(EngineFixtures.Job(adam));
        TrainingResult other = Run(EngineFixtures.Job(adam, seed: 6));

        AssertSameNumbers(one, same);
        Assert.NotEqual(one.FinalWeightsHash, other.FinalWeightsHash);
    }

    [Fact]
    public async Task Run_NeighboursOnOtherThreads_AreEachAsAlone()
    {
        TrainingJob[] jobs = [EngineFixtures.Job(), EngineFixtures.Job(adam: true, seed: 9)];
        TrainingResult[] alone = [.. jobs.Select(Run)];

        TrainingResult[] together = await Task.WhenAll(jobs.Select(job => Task.Factory.StartNew(
            () => Run(job), TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        AssertSameNumbers(alone[0], together[0]);
        AssertSameNumbers(alone[1], together[1]);
    }

    [Fact]
    public void Run_LongerThanTheCurve_AveragesOverSteps()
    {
        TrainingResult fine = Run(EngineFixtures.Job());
        TrainingResult coarse = Run(EngineFixtures.Job() with { MaxCurvePoints = 5 });

        // 33 steps in intervals of 7: four whole points and the rest.
        Assert.Equal([7, 14, 21, 28, 33], coarse.Curve.Select(point => point.Step));
        Assert.Equal(fine.Curve.Take(7).Average(point => point.TrainLoss), coarse.Curve[0].TrainLoss, 1e-12);
        Assert.Equal(fine.Curve.TakeLast(5).Average(point => point.TrainLoss), coarse.Curve[^1].TrainLoss, 1e-12);
        Assert.Equal(fine.FinalWeightsHash, coarse.FinalWeightsHash);
    }

    [Fact]
    public void Run_WithoutValidationImages_ReadsTheTestImagesOnly()
    {
        TrainingResult result = Run(EngineFixtures.Job(epochs: 1) with { Validation = 0 });

        Assert.Null(result.Validation);
        Assert.Equal(200, result.Circumstances.TrainImages);
        Assert.Equal(EvaluationImages.Test, Assert.Single(result.Evaluations).Images);
    }

    [Fact]
    public void Run_PartOfAnEpoch_EndsWithReadings()
    {
        TrainingResult result = Run(EngineFixtures.Job(epochs: 0.5));

        Assert.Equal(6, result.Steps); // 5.5 rounded away from zero
        Assert.Equal([6, 6], result.Evaluations.Select(reading => reading.Step));
    }

    [Fact]
    public void Run_HugeRate_DivergesWithEvidence()
    {
        TrainingResult result = Run(EngineFixtures.Job() with
        {
            Optimiser = new Sweeper.Training.Optimisers.OptimiserOptions.Sgd(),
            Schedule = steps => new ConstantSchedule(1e30, 0.9, steps),
        });

        TrainingOutcome.Diverged diverged = Assert.IsType<TrainingOutcome.Diverged>(result.Outcome);
        Assert.Equal(1e30, diverged.LearningRate);
        Assert.InRange(diverged.Step, 1, 10);
        Assert.Equal(diverged.Step + 1, result.Steps);
        Assert.Equal(diverged.Step + 1, result.Curve[^1].Step);
        Assert.Matches("^the training loss is (NaN|Infinity)$", diverged.Evidence);
        Assert.Null(result.Test);
    }

    [Fact]
    public void Run_LastUpdateBreaksTheWeights_DivergesByItsReading()
    {
        TrainingResult result = Run(EngineFixtures.Job() with
        {
            Optimiser = new Sweeper.Training.Optimisers.OptimiserOptions.Sgd(),
            Length = new RunLength.InSteps(1),
            Schedule = steps => new ConstantSchedule(1e38, 0, steps),
        });

        TrainingOutcome.Diverged diverged = Assert.IsType<TrainingOutcome.Diverged>(result.Outcome);
        Assert.Equal(0, diverged.Step);
        Assert.Matches("^the validation loss is (NaN|Infinity)$", diverged.Evidence);
        Assert.Empty(result.Evaluations);
    }

    [Fact]
    public void Run_CancelledBeforeItBegins_TakesNoStep()
    {
        TrainingResult result = _trainer.Run(EngineFixtures.Job(), _data, null, new CancellationToken(canceled: true));

        Assert.Equal(new TrainingOutcome.Cancelled(0), result.Outcome);
        Assert.True(double.IsNaN(result.TrainLoss));
        Assert.Empty(result.Curve);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(32)]
    public void Run_Cancelled_StopsWithinOneStep(int step)
    {
        using CancellationTokenSource stop = new();
        SynchronousProgress progress = new(report =>
        {
            if (report.Step == step)
            {
                stop.Cancel();
            }
        });

        TrainingResult result = _trainer.Run(EngineFixtures.Job(), _data, progress, stop.Token);

        Assert.Equal(new TrainingOutcome.Cancelled(step), result.Outcome);
        Assert.Equal(step, result.Steps);
    }

    [Fact]
    public void Run_ReportsProgress_FromFirstToLastStep()
    {
        List<TrainingProgress> reports = [];
        TrainingResult result = _trainer.Run(EngineFixtures.Job(), _data, new SynchronousProgress(reports.Add), CancellationToken.None);

        Assert.Equal(0, reports[0].Step);
        Assert.Null(reports[0].TimeLeft);
        Assert.True(double.IsNaN(reports[0].TrainLoss));
        Assert.Equal(Enumerable.Range(0, 34), reports.Select(report => report.Step).Distinct());
        Assert.All(reports.Skip(1), report => Assert.True(double.IsFinite(report.TrainLoss)));
        Assert.Equal(34 + result.Evaluations.Length, reports.Count);
        Assert.Equal(result.Test!.Value.Accuracy, reports[^1].TestAccuracy);
        Assert.Equal(result.Validation!.Value.Accuracy, reports[^1].ValidationAccuracy);
        Assert.Equal(TimeSpan.Zero, reports[^1].TimeLeft);
        Assert.Equal(result.Curve[4].LearningRate, reports.First(report => report.Step == 5).LearningRate);
    }

    [Fact]
    public void Run_NativeMemoryRunsOut_IsAnOutcome()
    {
        bool happened = false;
        SynchronousProgress progress = new(report =>
        {
            if (report.Step == 3 && !happened)
            {
                happened = true;
                using torch.Tensor impossible = torch.empty(1L << 45); // 128 TiB
            }
        });

        TrainingResult result = _trainer.Run(EngineFixtures.Job(), _data, progress, CancellationToken.None);

        TrainingOutcome.OutOfMemory outcome = Assert.IsType<TrainingOutcome.OutOfMemory>(result.Outcome);
        Assert.Equal(3, outcome.Step);
        Assert.Contains("memory", outcome.Evidence, StringComparison.OrdinalIgnoreCase);
        Assert.Null(result.FinalWeightsHash);
    }

    [Fact]
    public void Run_OtherFault_IsNotCaught()
    {
        SynchronousProgress progress = new(_ =>
        {
            using torch.Tensor impossible = torch.zeros(2).reshape(3);
        });

        Assert.Throws<ExternalException>(() => _trainer.Run(EngineFixtures.Job(), _data, progress, CancellationToken.None));
    }

    [Fact]
    public void Run_ImpossibleJob_IsRefusedWithEveryProblem()
    {
        TrainingJob job = EngineFixtures.Job() with
        {
            Model = new ModelOptions { Name = "small-cmn", Dropout = 1 },
            BatchSize = 0,
            Validation = 0.9,
            Length = new RunLength.InEpochs(double.NaN),
            Checkpoint = new CheckpointOptions { Path = " ", MaxCost = 0, Interval = TimeSpan.FromSeconds(-1) },
        };

        ArgumentException error = Assert.Throws<ArgumentException>(() => Run(job));

        Assert.Equal(8, job.Check(_data.Shape, 3).Count);
        Assert.Contains("small-cmn", error.Message, StringComparison.Ordinal);
        Assert.Contains("the batch size is 0; it must be at least 1", error.Message, StringComparison.Ordinal);
        Assert.Contains("the length is NaN epochs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OnAThreadWithoutGradients_IsRefused()
    {
        using IDisposable noGradient = torch.no_grad();

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Run(EngineFixtures.Job()));

        Assert.Equal("gradients are switched off on this thread", error.Message);
    }

    [Fact]
    public void Length_MoreStepsThanAnyoneMeans_IsRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new RunLength.InEpochs(100_000).ToSteps(60_000));

        Assert.StartsWith("the run has 6000000000 steps; it must have at most 100000000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_ScheduleOfAnotherLength_IsRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => Run(EngineFixtures.Job() with { Schedule = _ => new ConstantSchedule(0.1, 0.9, 7) }));

        Assert.StartsWith("the schedule has 7 steps, the run has 33", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60_000, 512, 117)]
    [InlineData(54_000, 128, 421)]
    [InlineData(128, 128, 1)]
    [InlineData(100, 128, 1)]
    [InlineData(1, 1, 1)]
    public void StepsPerEpoch_DropsTheLastPartialBatch(int images, int batch, int steps)
    {
        Assert.Equal(steps, TrainingJob.StepsPerEpoch(images, batch));
    }

    [Fact]
    public void Run_BatchLargerThanTheSet_TakesTheWholeSetInOneStep()
    {
        TrainingResult result = Run(EngineFixtures.Job(epochs: 2) with { BatchSize = 500 });

        Assert.Equal((2, 1), (result.Steps, result.StepsPerEpoch));
    }

    internal static void AssertSameNumbers(TrainingResult expected, TrainingResult actual)
    {
        Assert.Equal(expected.Outcome, actual.Outcome);
        Assert.Equal(expected.FinalWeightsHash, actual.FinalWeightsHash);
        Assert.Equal(expected.Curve.AsEnumerable(), actual.Curve);
        Assert.Equal(expected.Evaluations.AsEnumerable(), actual.Evaluations);
    }

    private TrainingResult Run(TrainingJob job) => _trainer.Run(job, _data, null, CancellationToken.None);
}
