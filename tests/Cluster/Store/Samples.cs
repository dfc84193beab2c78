using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;

namespace Sweeper.Tests.Cluster.Store;

/// <summary>Things to store, every field filled with something that would show if it were lost.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero).AddTicks(1234560);

    public static SweepSpec Spec(string sweep) => new(
        sweep,
        17,
        new DataSpec("fashion-mnist-10k", "/data/fashion", 5000, 0.2, null, true, 4, 8),
        new ModelSpec("small-cnn", WeightInitSpec.XavierNormal, 0.05),
        new TrainingSpec(
            0.5,
            new ScheduleSpec(ScheduleType.PyTorchThreePhase, 0.3, 25, 1e4, 0.9, AnnealShape.Linear, 0.95, 0.85, [0.5, 0.75], 0.1, 2),
            new OptimizerSpec(OptimizerType.AdamW, true, 0.99, 1e-7, false, 1.5),
            2,
            [1, 3]),
        new RangeTestSpec(RangeTestMethod.Smith, 0, 3, 1.5, 120, 60, 0.5),
        new SearchSpec(
            SearchStrategy.Random,
            40,
            3,
            SelectionSet.Test,
            new AxisSpec.FromRangeTest(0.1, 1, 4),
            new AxisSpec.Values([128, 512]),
            new AxisSpec.Range(1e-5, 1e-3, true, 3),
            new AxisSpec.Values([0.1])),
        new LimitsSpec(100, 300, TimeSpan.FromMinutes(30), 4, 3),
        SweepPurpose.RangeTestsOnly);

    public static SweepSummary Summary(string sweep, DateTimeOffset? createdAt = null) => new(
        sweep, SweepStatus.Running, "a reason", createdAt ?? Start, Start.AddMinutes(1), "small-cnn", "fashion-mnist-10k", 12, 3, 0.1 + 0.2);

    public static StoredEvent Event(long sequence, string text = "x") => new(
        sequence, Start.AddSeconds(sequence), "TrialReported", $$"""{"number":{{sequence}},  "text":"{{text}}"}""");

    public static RunInfo Run(int seed) => new(
        "node-a/cpu", "CPU (2 threads)", "Sweeper 0.1, TorchSharp 0.107", seed, "ab12", 431080, Start.AddTicks(7), 12.345678901234567, 468, 12, 51234.5, 100, TrainImages: 900);

    public static TrialScore Score(double accuracy) => new(0.1 / 3, 0.2 / 3, accuracy, 0.3 / 3, accuracy - 0.01, "c0ffee");

    public static TrialRecord Trial(int number, JobOutcome? outcome = null) => new(
        number,
        1,
        new Configuration(0.1 * number / 3, 128, 5e-4, 0.1, number % 2 == 0 ? 1000 * number : null),
        1 + (number % 3),
        1000 + number,
        outcome is null ? JobStatus.Ready : JobStatus.Done,
        outcome is null ? 0 : 1,
        outcome,
        outcome is null ? null : Run(number));

    public static CellRecord Cell(int number, JobOutcome? outcome = null) => new(
        number, new CellKey(64 * number, 1e-4 / 3, 0.25, number % 2 == 0 ? 1000 * number : null), outcome is null ? JobStatus.Waiting : JobStatus.Done, 2, outcome, outcome is null ? null : Run(number));

    public static RangeTestFindings Findings() => new(
        RangeTestVerdict.NotPossible, "accuracy peaks at 0.3", 0.3, 0.03, 0.1 / 3, null, 0.2 / 3, 0.05, 0.4, 0.87, 2.5);

    public static JobCurves Curves(int points) => new(
        [.. Enumerable.Range(1, points)],
        [.. Enumerable.Range(1, points).Select(step => 0.1 * step / points)],
        [.. Enumerable.Range(1, points).Select(step => 0.95 - (0.1 * step / points))],
        [.. Enumerable.Range(1, points).Select(step => 2.3 / Math.Sqrt(step))],
        [.. Enumerable.Range(1, points).Select(step => step % 10 == 0 ? double.NaN : 2.3 / step)],
        [new Evaluation(points / 2, EvaluationSet.Validation, 0.5 / 3, 0.9), new Evaluation(points, EvaluationSet.Test, double.PositiveInfinity, 0.1)]);

    /// <summary>The first write of a sweep.</summary>
    public static SweepWrite First(string sweep, params TrialRecord[] trials) => new(
        Summary(sweep), Spec(sweep), [Event(1)], [], [.. trials], [], []);

    /// <summary>A later write.</summary>
    public static SweepWrite Next(string sweep, long sequence, string text = "x", params TrialRecord[] trials) => new(
        Summary(sweep), null, [Event(sequence, text)], [], [.. trials], [], []);

    public static JobKey TrialKey(string sweep, int number) => new(sweep, JobKind.Trial, number);

    public static AttemptRecord Attempt(JobKey job, int attempt, string? end = null) => new(
        job, attempt, "node-a/cpu", Start, end is null ? null : Start.AddSeconds(5), end, end is null ? null : "because");

    /// <summary>One outcome of each kind.</summary>
    public static ImmutableArray<JobOutcome> Outcomes { get; } =
    [
        new JobOutcome.Trained(Score(0.91)),
        new JobOutcome.Trained(new TrialScore(double.NaN, null, null, double.PositiveInfinity, 0.1, "00")),
        new JobOutcome.RangeTested(Findings()),
        new JobOutcome.ResumeChecked(37, "aa", "ab", Score(0.5)),
        new JobOutcome.Diverged(12, 3.3, "loss was NaN, \"quoted\", ünïcödé"),
        new JobOutcome.OutOfMemory("tried to allocate\0 with a NUL and \uD800 half a pair"),
        new JobOutcome.Failed("no such file", true),
        new JobOutcome.Stopped("cancelled"),
        new JobOutcome.StoppedEarly(new StopEvidence("asha", 0.33, 0.5, null, "it cannot win")),
        new JobOutcome.Trained(Score(0.91), new StopEvidence("same_phase", 0.7, 0.5, 0.9, "it cannot win")),
    ];
}
