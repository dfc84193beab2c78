using Sweeper.Tests.Unit.Training.Running;
using Sweeper.Training.Data;
using Sweeper.Training.Optimisers;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Running;
using Sweeper.Training.Schedules;
using TorchSharp;
using Xunit;

namespace Sweeper.Tests.Unit.Training.RangeTests;

public sealed class RangeTestRunnerTests : IDisposable
{
    private readonly ImageData _data = EngineFixtures.Tiny();
    private readonly RangeTestRunner _runner = new(TimeProvider.System);

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Smith_WholeRamp_ReadsAccuracyAndSuggests()
    {
        RangeTestResult result = Run(Smith(highest: 0.2));

        Assert.IsType<RangeTestOutcome.Completed>(result.Outcome);
        Assert.Equal((110, 110, 11), (result.Steps, result.TotalSteps, result.StepsPerEpoch));
        Assert.Equal(110, result.Curve.Points.Length);
        Assert.Equal(60, result.Curve.Readings.Length);
        Assert.Equal(109, result.Curve.Readings[^1].Step);
        Assert.Equal("20 of 20 validation images", result.MeasuredOn);
        Assert.Null(result.Curve.DivergedAt);
        Assert.Equal(0.95, result.Curve.Points[0].Momentum);
        Assert.Equal(0.85, result.Curve.Points[^1].Momentum, 0.002);
        Assert.Equal(0.2 * 55 / 110, result.Curve.Points[55].LearningRate, 1e-9);
        Assert.InRange(result.Suggestions.Smith.MaxLearningRate.LearningRateOrNull!.Value, 0.01, 0.2);
        Assert.IsType<Suggestion.Found>(result.Suggestions.Minimum);
    }

    [Fact]
    public void Smith_ManyHeldOutImages_ReadsABalancedPart()
    {
        RangeTestResult result = Run(Smith(0.1) with
        {
            Ramp = new RangeTestRamp.Linear(0, 0.1, new RunLength.InSteps(10), new HeldOutProbe { Images = EvaluationImages.Test, MaxImages = 30 }),
        });

        Assert.Equal("30 of 60 test images, class-balanced", result.MeasuredOn);
        Assert.Equal(10, result.Curve.Readings.Length); // a short ramp is read after every step
        Assert.All(result.Curve.Readings, reading => Assert.Equal(0, reading.Accuracy * 30 % 1, 1e-9));
    }

    [Fact]
    public void Smith_RampIntoDivergence_EndsWithEvidenceAndKeepsWhatItMeasured()
    {
        RangeTestResult result = Run(Smith(highest: 1e30));

        RangeTestOutcome.Diverged diverged = Assert.IsType<RangeTestOutcome.Diverged>(result.Outcome);
        Assert.Equal(diverged.LearningRate, result.Curve.DivergedAt);
        Assert.Equal(diverged.Step + 1, result.Curve.Points.Length);
        Assert.NotEqual("", diverged.Evidence);
        Assert.NotEqual(SuperConvergenceVerdict.Possible, result.Suggestions.Smith.Verdict);
    }

    [Fact]
    public void Fastai_Defaults_EndsAtFourTimesTheBestLoss()
    {
        RangeTestResult result = Run(Smith(1) with { Ramp = new RangeTestRamp.Exponential(1e-5, 1e4), MomentumEnd = null });

        RangeTestOutcome.Diverged diverged = Assert.IsType<RangeTestOutcome.Diverged>(result.Outcome);
        Assert.InRange(diverged.Step, 20, 98);
        Assert.Equal(100, result.TotalSteps);
        Assert.Null(result.MeasuredOn);
        Assert.Empty(result.Curve.Readings);
        Assert.IsType<Suggestion.Found>(result.Suggestions.Valley);
        Assert.InRange(result.Suggestions.Valley.LearningRateOrNull!.Value, 1e-5, diverged.LearningRate);
        Assert.IsType<Suggestion.None>(result.Suggestions.Smith.MaxLearningRate);
    }

    [Fact]
    public void SameSeed_IsBitEqual()
    {
        RangeTestResult one = Run(Smith(0.2));
        RangeTestResult same = Run(Smith(0.2));

        Assert.Equal(one.Curve.Points.AsEnumerable(), same.Curve.Points);
        Assert.Equal(one.Curve.Readings.AsEnumerable(), same.Curve.Readings);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RunOn_SessionInTraining_LeavesEverythingBitEqual(bool adam)
    {
        // A2 of the reference: weights, batch-norm statistics, optimiser, order and generators, seen by their bytes and
        // by the steps that follow.
        TrainingJob job = EngineFixtures.Job(adam);
        using TrainingSession tested = Session(job);
        using TrainingSession untouched = Session(job);
        Advance(tested, 15);
        Advance(untouched, 15);

        RangeTestResult result = _runner.RunOn(tested, Smith(0.5), _data, null, CancellationToken.None);
        Assert.IsType<RangeTestOutcome.Completed>(result.Outcome);
        AssertEqual(untouched.Save(), tested.Save());

        _runner.RunOn(tested, Smith(1e30), _data, null, CancellationToken.None); // by divergence
        AssertEqual(untouched.Save(), tested.Save());

        SynchronousProgress fault = new(report =>
        {
            if (report.Step == 5)
            {
                throw new InvalidOperationException("fault");
            }
        });
        Assert.Throws<InvalidOperationException>(() => _runner.RunOn(tested, Smith(0.5), _data, fault, CancellationToken.None));
        AssertEqual(untouched.Save(), tested.Save());

        Advance(tested, 20);
        Advance(untouched, 20);
        AssertEqual(untouched.Save(), tested.Save());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Cancelled_StopsWithinOneStep(int step)
    {
        using CancellationTokenSource stop = new();
        SynchronousProgress progress = new(report =>
        {
            if (report.Step == step)
            {
                stop.Cancel();
            }
        });

        RangeTestResult result = _runner.Run(Smith(0.2), _data, progress, stop.Token);

        Assert.Equal(new RangeTestOutcome.Cancelled(step), result.Outcome);
    }

    [Fact]
    public void MemoryRunsOut_IsAnOutcome()
    {
        bool happened = false;
        SynchronousProgress progress = new(report =>
        {
            if (report.Step == 2 && !happened)
            {
                happened = true;
                using torch.Tensor impossible = torch.empty(1L << 45); // 128 TiB
            }
        });

        Assert.Equal(2, Assert.IsType<RangeTestOutcome.OutOfMemory>(_runner.Run(Smith(0.2), _data, progress, CancellationToken.None).Outcome).Step);
    }

    [Fact]
    public void ImpossibleTest_IsRefusedWithEveryProblem()
    {
        RangeTestJob job = Smith(0.2) with
        {
            Ramp = new RangeTestRamp.Linear(double.NaN, -1, new RunLength.InSteps(0), new HeldOutProbe { Points = 49, MaxImages = 0 }),
            MomentumStart = 1,
            BatchSize = 0,
            Validation = -1,
        };

        Assert.Equal(8, job.Check(_data.Shape, 3).Count);
        ArgumentException error = Assert.Throws<ArgumentException>(() => Run(job));
        Assert.Contains("held-out accuracy is read at 49 points; it must be at least 50", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, new RangeTestRamp.Exponential(0, double.PositiveInfinity).Check().Count);
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(100, 60)]
    [InlineData(997, 60)]
    [InlineData(30, 30)]
    public void Probe_AnyLength_ReadsEvenlyAndAtTheEnd(int steps, int readings)
    {
        HeldOutProbe probe = new();
        int[] due = [.. Enumerable.Range(0, steps).Where(step => probe.IsDueAfter(step, steps))];

        Assert.Equal(readings, due.Length);
        Assert.Equal(steps - 1, due[^1]);
        Assert.All(due.Zip(due.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, steps / 60, (steps / 60) + 1));
    }

    private static RangeTestJob Smith(double highest)
    {
        TrainingJob job = EngineFixtures.Job();
        return new RangeTestJob
        {
            Model = job.Model,
            Optimiser = new OptimiserOptions.Sgd { WeightDecay = 1e-4 },
            BatchSize = job.BatchSize,
            Ramp = new RangeTestRamp.Linear(0, highest, new RunLength.InEpochs(10), new HeldOutProbe()),
            MomentumStart = 0.95,
            MomentumEnd = 0.85,
            Seed = 3,
            ProgressInterval = TimeSpan.Zero,
        };
    }

    private TrainingSession Session(TrainingJob job) =>
        new(job.Model, job.Optimiser, _data, [.. Enumerable.Range(0, 150)], job.BatchSize, job.Augmentation, job.Seed);

    private static void Advance(TrainingSession session, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            using torch.Tensor loss = session.Step(new SchedulePoint(0.01, 0.9));
        }
    }

    private static void AssertEqual(SessionState expected, SessionState actual)
    {
        Assert.Equal(expected.Parameters, actual.Parameters);
        Assert.Equal(expected.Optimiser.AsEnumerable(), actual.Optimiser);
        Assert.Equal(expected.OptimiserSteps, actual.OptimiserSteps);
        Assert.Equal(expected.Buffers.AsEnumerable(), actual.Buffers);
        Assert.Equal(expected.Dropout, actual.Dropout);
        Assert.Equal((expected.Batches.Epoch, expected.Batches.Step), (actual.Batches.Epoch, actual.Batches.Step));
        Assert.Equal(expected.Batches.OrderState, actual.Batches.OrderState);
        Assert.Equal(expected.Batches.AugmentationState, actual.Batches.AugmentationState);
    }

    private RangeTestResult Run(RangeTestJob job) => _runner.Run(job, _data, null, CancellationToken.None);
}
