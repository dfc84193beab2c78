using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Prediction;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

public sealed class PredictionTests
{
    private const string Device = "CPU (2 threads)";
    private static readonly SweepSpec Spec = TestSpecs.RangeTested(cells: 2, pointsPerCell: 3);

    [Fact]
    public void WorkList_Strategies_HasWhatTheyRun()
    {
        Assert.Equal((2, 6), Counts(Spec));
        Assert.Equal((0, 4), Counts(TestSpecs.Trials(9).WithLimits(limits => limits with { Trials = 4 })));
        Assert.Equal((0, 12), Counts(TestSpecs.Sampled(SearchStrategy.Tpe, 6, rangeTested: false).WithSearch(search => search with { Seeds = 2 })));
        SweepSpec recipe = TestSpecs.Recipe(3, 2, 1);
        Assert.Equal((RecipeSize.Of(recipe).Cells, RecipeSize.Of(recipe).Trials), Counts(recipe));
        Assert.Equal([32, 64], WorkList.Batches(WorkList.Of(recipe)));
    }

    [Fact]
    public void Runs_SameData_GiveTheMedianTimeOfAnEpoch()
    {
        // Two range tests of 5 s on two slots, then six trials of 20 s: three rounds.
        TimePrediction time = Predict([Ran(JobKind.RangeTest, 5, 1), .. new[] { 18.0, 20, 30 }.Select(seconds => Ran(JobKind.Trial, seconds, 2))], slots: 2);

        Assert.Equal(65, time.Seconds!.Value, 1e-9);
        Assert.Equal((2, Device, false), (time.Slots, time.Device, time.AtMost));
        Assert.Null(time.Low); // four times do not tell how they vary
        Assert.Contains("4 runs of this model and data set (tests)", time.Basis, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1, 2, 25)] // its only trial waits for the only test
    [InlineData(2, 1, 8, 25)]
    [InlineData(2, 1, 1, 50)]
    [InlineData(3, 1, 2, 45)] // tests end at 5, 5 and 10; trials begin at 5, 10 and 25
    public void Runs_TrialsBoundedByRangeTests_WaitForThem(int cells, int points, int slots, double seconds)
    {
        SweepSpec spec = TestSpecs.RangeTested(cells, points);
        MeasuredRun[] runs = [.. new[] { Ran(JobKind.RangeTest, 5, 1), Ran(JobKind.Trial, 20, 2) }.Select(run => run with { Spec = spec })];

        TimePrediction time = TimePredictor.Of(spec, WorkList.Of(spec), new MeasuredRuns(spec, Device, [.. runs]), slots, 1, Device);

        Assert.Equal(seconds, time.Seconds!.Value, 1e-9);
        Assert.Equal(cells * 25, time.DeviceSeconds!.Value, 1e-9);
    }

    [Fact]
    public void Runs_ManyOfThem_SayHowMuchTheyVary()
    {
        TimePrediction time = Predict([Ran(JobKind.RangeTest, 5, 1), .. Enumerable.Range(0, 11).Select(number => Ran(JobKind.Trial, 15 + number, 2))], slots: 1);

        Assert.True(time.Low < time.Seconds && time.Seconds < time.High, time.ToString());
        Assert.InRange(time.Low!.Value / time.Seconds!.Value, 0.7, 0.99);
    }

    [Fact]
    public void Runs_LengthInSteps_TakeTheMedianTimeOfAStep()
    {
        MeasuredRun run = Ran(JobKind.Trial, 10, 2);
        SweepSpec steps = TestSpecs.Trials(3) with { Training = Spec.Training with { Epochs = 0, Steps = 2 * run.Run.Steps } };

        TimePrediction time = TimePredictor.Of(steps, WorkList.Of(steps), new MeasuredRuns(steps, Device, [run]), 1, 1, Device);

        Assert.Equal(3 * 20, time.Seconds!.Value, 1e-9);
    }

    [Fact]
    public void Runs_OtherBatchKindOrNumberOfImages_AreScaledAndSaySo()
    {
        TimePrediction batch = Predict([Ran(JobKind.Trial, 20, 2, batch: 64)], slots: 1);
        Assert.Contains("batch 32 as batch 64 for each image", batch.Basis, StringComparison.Ordinal);
        Assert.Contains("trials taken for range tests of their length", batch.Basis, StringComparison.Ordinal);
        Assert.Equal((2 * 10) + (6 * 20), batch.Seconds!.Value, 1e-9);

        MeasuredRun half = Ran(JobKind.Trial, 10, 2) with { Spec = Spec with { Data = Spec.Data with { TrainSize = 1000 } } }; // 0.1 s a step
        SweepSpec whole = TestSpecs.Trials(1) with { Data = Spec.Data with { TrainSize = 3200, Validation = 0.5 } };
        TimePrediction images = TimePredictor.Of(whole, WorkList.Of(whole), new MeasuredRuns(whole, Device, [half]), 1, 1, Device);
        Assert.Contains("another number of images", images.Basis, StringComparison.Ordinal);
        Assert.Equal(2 * 50 * 0.1, images.Seconds!.Value, 1e-9);
    }

    [Fact]
    public void Runs_OtherDeviceOrBroken_AreNoBasis()
    {
        MeasuredRun run = Ran(JobKind.Trial, 20, 2);

        Assert.True(new MeasuredRuns(Spec, "CPU (1 thread)", [run]).IsEmpty);
        Assert.True(new MeasuredRuns(Spec, Device, [run with { Spec = Spec with { Data = Spec.Data with { TrainSizes = TestSpecs.Values(100, 0) } } }]).IsEmpty);
        Assert.True(new MeasuredRuns(Spec, Device, [run with { Run = run.Run with { Steps = 0 } }, run with { Run = run.Run with { Seconds = 0 } }]).IsEmpty);
    }

    [Fact]
    public void Predict_Limits_Hold()
    {
        ImmutableArray<MeasuredRun> runs = [Ran(JobKind.RangeTest, 5, 1), Ran(JobKind.Trial, 20, 2)];
        SweepSpec limited = Spec.WithLimits(limits => limits with { WallTime = TimeSpan.FromSeconds(50), MaxParallel = 1 });

        TimePrediction time = TimePredictor.Of(limited, WorkList.Of(limited), new MeasuredRuns(limited, Device, runs), 4, 1, Device);

        Assert.Equal((50, 1), (time.Seconds!.Value, time.Slots));
        Assert.Contains("limits.wall_time ends it", time.Basis, StringComparison.Ordinal);
        Assert.True(TimePredictor.Of(TestSpecs.Recipe(2, 1, 1), WorkList.Of(TestSpecs.Recipe(2, 1, 1)), new MeasuredRuns(Spec, Device, runs), 4, 1, Device).AtMost);
    }

    [Fact]
    public void Steps_TimedNow_CountReadingsAndProbes()
    {
        var speed = new MeasuredSpeed(32, 0.5, 4, 1, 2, 0.1);

        TimePrediction time = TimePredictor.Of(Spec, WorkList.Of(Spec), new MeasuredSteps(Spec, [speed]), 1, 1, Device);

        double test = 4 * 0.5 + (Spec.RangeTest.Points * 0.1);
        double trial = (2 * 4 * 0.5) + (2 * 1) + 2;
        Assert.Equal((2 * test) + (6 * trial), time.Seconds!.Value, 1e-9);
        Assert.Equal(time.Seconds.Value, time.DeviceSeconds!.Value, 1e-9);
        TimePrediction shared = TimePredictor.Of(Spec, WorkList.Of(Spec), new MeasuredSteps(Spec, [speed]), 4, 2, Device);
        Assert.Equal(time.Seconds.Value / 2, shared.DeviceSeconds!.Value, 1e-9); // two devices of two slots: half of each while a job runs
        TimePrediction failed = TimePredictor.Of(Spec, WorkList.Of(Spec), new MeasuredSteps(Spec, [speed with { Trouble = "out of memory: 3 GiB" }]), 1, 1, Device);
        Assert.Null(failed.Seconds);
        Assert.Contains("batch 32: out of memory: 3 GiB", failed.Basis, StringComparison.Ordinal);
    }

    private static TimePrediction Predict(ImmutableArray<MeasuredRun> runs, int slots) =>
        TimePredictor.Of(Spec, WorkList.Of(Spec), new MeasuredRuns(Spec, Device, runs), slots, 1, Device);

    private static MeasuredRun Ran(JobKind kind, double seconds, double epochs, int batch = 32) =>
        new(Spec, kind, batch, Outcomes.Run(1, SweepScript.Epoch, epochs) with { Seconds = seconds, Steps = 100 });

    private static (int RangeTests, int Trials) Counts(SweepSpec spec)
    {
        ImmutableArray<PlannedJob> jobs = WorkList.Of(spec);
        return (jobs.Count(job => job.Kind == JobKind.RangeTest), jobs.Count(job => job.Kind == JobKind.Trial));
    }
}
