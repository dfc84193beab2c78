using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Sweeper.Plugins;
using Sweeper.Tests.Unit.Training.Data;
using Sweeper.Training.Data;
using Sweeper.Training.Models;
using Sweeper.Training.OwnModels;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Running;
using TorchSharp;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Running;

/// <summary>Trials that predict numbers.</summary>
public sealed class RegressionTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ImageData _data;
    private readonly Trainer _trainer = new(TimeProvider.System);

    public RegressionTests() => _data = Load(_folder.Write("own.csv", Encoding.UTF8.GetBytes("x,z,y\n" + string.Concat(Enumerable.Range(0, 300).Select(i =>
    {
        (double x, double z) = ((i % 20) - 10, (i * 7 % 15) - 7);
        return string.Create(CultureInfo.InvariantCulture, $"{x},{z},{500 + (30 * x) - (2 * z * z)}\n");
    })))));

    [Fact]
    public void Run_NumbersThatFollowFromTheRows_AreLearned()
    {
        TrainingResult result = Run(Job());

        EvaluationReading test = result.Test!.Value;
        Assert.IsType<TrainingOutcome.Completed>(result.Outcome);
        Assert.InRange(test.Accuracy, 0.95, 1);
        Assert.Equal(1 - (test.Loss / Variance(_data.TestLabels)), test.Accuracy, 1e-6);
        Assert.Equal(Math.Sqrt(test.Loss) * _data.Target!.Deviation, test.Errors!.Value.RootMeanSquare, 1e-9);
        Assert.InRange(test.Errors.Value.MeanAbsolute, 0, test.Errors.Value.RootMeanSquare);
        Assert.Null(test.Classes);
        Assert.True(result.Curve[0].TrainLoss > 5 * result.Curve[^1].TrainLoss);
    }

    [Fact]
    public void Measure_ANetworkThatAnswersTheMean_HasAnRSquaredOfNoMoreThanZero()
    {
        // A rate of nothing and a network whose last layer is not trained: R² is at most that of a guess.
        TrainingResult result = Run(Job() with { Schedule = steps => new Sweeper.Training.Schedules.ConstantSchedule(1e-12, 0, steps) });

        Assert.InRange(result.Test!.Value.Accuracy, -100, 0.3);
        Assert.Equal(Math.Sqrt(result.Validation!.Value.Loss) * _data.Target!.Deviation, result.Validation.Value.Errors!.Value.RootMeanSquare, 1e-9);
    }

    [Fact]
    public void Run_Interrupted_GoesOnBitForBit()
    {
        string path = _folder.Path + "/checkpoint";
        TrainingJob job = Job() with { Targets = new TargetOptions(Mixup: 0.3), Checkpoint = new CheckpointOptions { Path = path, DeleteAtEnd = false } };
        TrainingResult whole = Run(job with { Checkpoint = null });
        using CancellationTokenSource source = new();
        TrainingResult first = _trainer.Run(job, _data, new StopAt(source, 20), source.Token);

        TrainingResult second = Run(job);

        Assert.IsType<TrainingOutcome.Cancelled>(first.Outcome);
        Assert.InRange(second.ResumedFromStep, 1, whole.TotalSteps - 1);
        TrainerTests.AssertSameNumbers(whole, second);
    }

    [Fact]
    public void Check_WhatIsForClasses_IsRefused()
    {
        TrainingJob job = Job() with { LabelSmoothing = 0.1, Targets = new TargetOptions(Weights: new ClassWeighting([])) };

        Assert.Equal(
            ["label smoothing is for classes, and what is learned is a number", "class weights are for classes, and what is learned is a number"],
            job.Check(_data.Shape, _data.Task));
    }

    [Fact]
    public void RangeTest_OfNumbers_ReadsRSquaredAndFindsARate()
    {
        var job = new RangeTestJob
        {
            Model = new ModelOptions { Name = "mlp" },
            Optimiser = Job().Optimiser,
            BatchSize = 10,
            Ramp = new RangeTestRamp.Linear(0, 2, new RunLength.InSteps(200), new HeldOutProbe { Points = 60 }),
            MomentumStart = 0.9,
            Seed = 3,
        };

        RangeTestResult result = new RangeTestRunner(TimeProvider.System).Run(job, _data, null, CancellationToken.None);

        Assert.InRange(result.Suggestions.Smith.BestAccuracy!.Value, 0.5, 1);
        Assert.InRange(result.Suggestions.Smith.MaxLearningRate.LearningRateOrNull!.Value, 0.001, 2);
        Assert.Contains("R²", result.Suggestions.Smith.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AMetricOfOnesOwn_IsMeasuredInTheTargetsUnits()
    {
        TrainingResult result = Run(Job() with { Metrics = [new OwnMetric("minus-worst", "host", "0", () => new MinusWorst())] });

        OwnReading reading = Assert.Single(result.Test!.Value.Own);
        Assert.Equal("minus-worst", reading.Name);
        Assert.InRange(-reading.Value, result.Test.Value.Errors!.Value.RootMeanSquare, 20 * result.Test.Value.Errors.Value.RootMeanSquare);
        Assert.Empty(result.Evaluations[0].Own); // at the end only
    }

    public void Dispose()
    {
        _data.Dispose();
        _folder.Dispose();
    }

    private static TrainingJob Job() => EngineFixtures.Job(adam: true, epochs: 12, peak: 0.1) with
    {
        Model = new ModelOptions { Name = "mlp" },
        Augmentation = Augmentation.None,
        Evaluation = new EvaluationPlan(),
    };

    private static ImageData Load(string path) => DataCatalog.Load(
        new DataOptions { Set = "table", Path = path, Target = "y", Regression = true, Seed = 1 }, SharedData.Nowhere, cancellationToken: TestContext.Current.CancellationToken);

    private static double Variance(torch.Tensor numbers)
    {
        double[] values = [.. MemoryMarshal.Cast<byte, float>(numbers.bytes).ToArray().Select(value => (double)value)];
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }

    private TrainingResult Run(TrainingJob job) => _trainer.Run(job, _data, null, CancellationToken.None);

    private sealed class MinusWorst : IMetric
    {
        public double Of(Answers answers) => -Enumerable.Range(0, answers.Count).Max(i => Math.Abs(answers.Predicted(i) - answers.RightNumber(i)));
    }

    private sealed class StopAt(CancellationTokenSource source, int step) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step >= step)
            {
                source.Cancel();
            }
        }
    }
}
