using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Contracts.Workers;

namespace Sweeper.Tests.Unit.Client;

/// <summary>A made-up sweep in the middle of its work, and its curves.</summary>
internal static class SampleSweep
{
    public const string Name = "fashion[1]";

    public static SweepSpec Spec { get; } = new(
        Name,
        Seed: 1,
        new DataSpec("fashion-mnist-10k"),
        new ModelSpec("small-cnn"),
        new TrainingSpec(
            Epochs: 4,
            new ScheduleSpec(ScheduleType.Fastai, 0.3, 25, 1e4, 0.9, AnnealShape.Cosine, 0.95, 0.85, [], 0.1, 1),
            new OptimizerSpec(),
            EvaluateEvery: 1,
            TestAtEpochs: []),
        new RangeTestSpec(RangeTestMethod.Smith, 0, 1, 2, null, 50, 0.7),
        new SearchSpec(
            SearchStrategy.Grid,
            Trials: 1,
            Seeds: 2,
            SelectionSet.Validation,
            new AxisSpec.FromRangeTest(0.25, 1, 2),
            new AxisSpec.Values([128, 512]),
            new AxisSpec.Values([5e-4]),
            new AxisSpec.Values([0, 0.2])),
        new LimitsSpec());

    public static RangeTestFindings Findings { get; } = new(
        RangeTestVerdict.Possible,
        "Accuracy over the top fifth of rates is 0.96 of the best.",
        MaxLearningRate: 0.85,
        MinLearningRate: 0.085,
        Valley: 0.041,
        Slide: 0.11,
        Minimum: 0.062,
        Steep: 0.019,
        Flatness: 0.96,
        BestAccuracy: 0.843,
        DivergedAt: null);

    public static RunInfo Run { get; } = new(
        "laptop/cpu", "CPU (2 threads)", "Sweeper 0.1.0", 1, "ab12", 61_706, new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero),
        Seconds: 41.5, Steps: 280, Epochs: 4, ImagesPerSecond: 1530, ResumedFromStep: 0);

    public static ImmutableArray<CellRecord> Cells { get; } =
    [
        new(1, new CellKey(128, 5e-4, 0), JobStatus.Done, 1, new JobOutcome.RangeTested(Findings), Run),
        new(2, new CellKey(128, 5e-4, 0.2), JobStatus.Done, 1, new JobOutcome.RangeTested(Findings with { Verdict = RangeTestVerdict.Inconclusive, MaxLearningRate = 0.31 }), Run),
        new(3, new CellKey(512, 5e-4, 0), JobStatus.Running, 1, null, null),
        new(4, new CellKey(512, 5e-4, 0.2), JobStatus.Ready, 0, null, null),
    ];

    public static ImmutableArray<TrialRecord> Trials { get; } =
    [
        Trained(1, 1, new Configuration(0.21, 128, 5e-4, 0), 1, 0.891, 0.885),
        Trained(2, 1, new Configuration(0.21, 128, 5e-4, 0), 2, 0.895, 0.889),
        Trained(3, 1, new Configuration(0.85, 128, 5e-4, 0), 1, 0.902, 0.893),
        Trained(4, 1, new Configuration(0.85, 128, 5e-4, 0), 2, 0.898, 0.897),
        Trained(5, 2, new Configuration(0.31, 128, 5e-4, 0.2), 1, 0.887, 0.881),
        new(6, 2, new Configuration(0.31, 128, 5e-4, 0.2), 2, 12, JobStatus.Running, 1, null, null),
        new(7, 3, new Configuration(0, 512, 5e-4, 0), 1, 13, JobStatus.Waiting, 0, null, null),
        new(8, 3, new Configuration(2.5, 512, 5e-4, 0), 2, 14, JobStatus.Done, 1, new JobOutcome.Diverged(31, 1.9, "loss 1.2e+04 at step 31"), Run),
    ];

    public static SweepSummary Summary { get; } = new(
        Name, SweepStatus.Running, null, Run.StartedAt, Run.StartedAt.AddMinutes(3), "small-cnn", "fashion-mnist-10k", 8, 6, 0.9);

    public static SweepResults Results { get; } = new(Summary, Spec, Cells, Trials);

    public static SweepView View { get; } = new(
        Name,
        Sequence: 40,
        SweepStatus.Running,
        StatusReason: null,
        new JobCounts(8, 1, 0, 1, 5, 1, 0, 0, 0),
        new JobCounts(4, 0, 1, 1, 2, 0, 0, 0, 0),
        ActiveSeconds: 187,
        EpochsSpent: 26.4,
        SecondsLeft: 95,
        Cells,
        Running:
        [
            new RunningJob(
                new JobKey(Name, JobKind.RangeTest, 3), 1, "laptop/cpu", new Configuration(0, 512, 5e-4, 0),
                new JobProgress(new JobKey(Name, JobKind.RangeTest, 3), 1, "laptop/cpu", 18, 36, 0.5, 0.9, 0.61, 0.79, 2210, 6)),
            new RunningJob(
                new JobKey(Name, JobKind.Trial, 6), 1, "laptop/cpu", new Configuration(0.31, 128, 5e-4, 0.2),
                new JobProgress(new JobKey(Name, JobKind.Trial, 6), 1, "laptop/cpu", 150, 280, 0.212, 0.88, 0.4123, 0.861, 1530, 18.4)),
        ],
        Leaders: Leaderboard.Of(Trials, SelectionSet.Validation),
        Events:
        [
            new SweepEventLine(38, Run.StartedAt.AddSeconds(160), "T-0005 completed: validation 88.70%, test 88.10% (0:41)"),
            new SweepEventLine(39, Run.StartedAt.AddSeconds(170), "R-003 [started] on laptop/cpu"),
        ],
        SelectionSet.Validation);

    public static ImmutableArray<WorkerStatus> Devices { get; } =
        [new(new WorkerKey("laptop", "cpu"), "CPU (2 threads)", 16_000_000_000, 2, [new JobKey(Name, JobKind.Trial, 6)], 7)];

    /// <summary>A linear ramp: accuracy climbs, stays, sags a little.</summary>
    public static JobCurves RangeTestCurves(bool exponential)
    {
        const int Steps = 140;
        int[] step = [.. Enumerable.Range(1, Steps)];
        double[] rate = [.. step.Select(i => exponential ? 1e-5 * Math.Pow(1e6, i / (double)Steps) : i / (double)Steps)];
        double[] loss = [.. rate.Select((lr, i) => 2.3 - (1.9 / (1 + Math.Exp(-2 * (Math.Log10(lr) + 1.6)))) + (0.05 * lr * lr) + (0.08 * Math.Sin(i * 1.7)))];
        double[] smooth = new double[Steps];
        double average = 0;
        for (int i = 0; i < Steps; i++)
        {
            average = (0.9 * average) + (0.1 * loss[i]);
            smooth[i] = average / (1 - Math.Pow(0.9, i + 1));
        }

        Evaluation[] readings =
        [
            .. step.Where(i => i % 2 == 0).Select(i => new Evaluation(
                i, EvaluationSet.Validation, smooth[i - 1], 0.85 - (0.75 * Math.Exp(-9 * rate[i - 1])) - (0.05 * rate[i - 1]) + (0.015 * Math.Sin(i)))),
        ];
        return new JobCurves(step, rate, [.. step.Select(_ => 0.9)], loss, smooth, exponential ? [] : readings);
    }

    /// <summary>A 1cycle run.</summary>
    public static JobCurves TrialCurves(double peak, double final)
    {
        const int Steps = 280;
        int[] step = [.. Enumerable.Range(1, Steps / 2).Select(i => 2 * i)];
        double[] up = [.. step.Select(i => i < 84 ? i / 84.0 : 1 - ((i - 84) / 196.0))];
        return new JobCurves(
            step,
            [.. up.Select(part => peak * Math.Max(0.001, part))],
            [.. up.Select(part => 0.95 - (0.1 * part))],
            [.. step.Select(i => 2.2 * Math.Exp(-i / 60.0) + 0.25 + (0.03 * Math.Sin(i)))],
            [.. step.Select(_ => double.NaN)],
            [
                .. Enumerable.Range(1, 4).Select(epoch => new Evaluation(70 * epoch, EvaluationSet.Validation, 0.4, final - (0.3 * Math.Exp(-epoch)))),
                new Evaluation(Steps, EvaluationSet.Test, 0.3, final - 0.005),
            ]);
    }

    private static TrialRecord Trained(int number, int cell, Configuration at, int replicate, double validation, double test) => new(
        number, cell, at, replicate, 10 + number, JobStatus.Done, 1,
        new JobOutcome.Trained(new TrialScore(0.31, 0.3, validation, 0.33, test, "c0ffee")), Run);
}
