using System.Collections.Immutable;
using Sweeper.Client.Reports;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Tests.Unit.Client.Reports;

/// <summary>Material of reports, made up.</summary>
internal static class SampleReport
{
    /// <summary>A sweep in the middle of its work, without an analysis.</summary>
    public static ReportMaterial Material { get; } = Of(SampleSweep.Results with { Spec = SampleSweep.Spec with { Name = "fashion" } });

    /// <summary>An analysis with every part.</summary>
    public static SweepAnalysis Analysis { get; } = new(
        new AnalysedData(SelectionSet.Validation, 10, 24, 2, 1, 6, [Factor.MaxLearningRate, Factor.WeightDecay], "Diverged trials count as guesses at chance."),
        new SurfaceFit(24, [new SurfaceTerm(null, null, 88, 87, 89)], 0.1, 0.4, 1.2, Grid(), "The surface predicts 0.89 of the variance."),
        [new FactorImportance(Factor.MaxLearningRate, 0.62, 0.48, 0.71), new FactorImportance(Factor.WeightDecay, 0.21, 0.1, 0.3)],
        [new Interaction(Factor.MaxLearningRate, Factor.WeightDecay, 0.08, 0.01, 0.15)],
        [new DecayAtRate(0.1, 0.3, 8, 1e-3, 5e-4, 1e-3, 0.89, true), new DecayAtRate(0.8, 0.8, 8, 1e-4, 1e-4, 2e-4, 0.9, false)],
        [new BatchAtEqualTime(128, 4, 8, 41, 0.89, 0.885, 0.894, 0.5, 0.7), new BatchAtEqualTime(512, 4, 8, 41, 0.9, 0.89, 0.91, 1, 1)],
        new DropoutEffect(0, 0.2, new PointsInterval(-0.41, -0.8, -0.02), new PointsInterval(0.1, -0.2, 0.4), null),
        [new TheoryCheck(TheoryTopic.WeightDecayFallsWithRate, "The best weight decay falls as the rate rises.", "It falls from 1e-3 to 1e-4.", Agreement.Agree)],
        [new Claim(ScheduleKind.Step, 280, null, null, null, null, null, null, ClaimVerdict.FasterNotSignificant, "1cycle needs 0.6 of the steps, but with two seeds that is not significant.")],
        new SelectionNote(SelectionSet.Validation, 3, 3, null, 0.2, false, "Chosen by validation accuracy among 3 configurations."),
        []);

    /// <summary>Material of a sweep with curves of whatever has them.</summary>
    public static ReportMaterial Of(SweepResults results, SweepAnalysis? analysis = null) => new(
        results,
        results.Cells.Where(cell => cell.Findings is not null).Take(12).ToImmutableDictionary(cell => cell.Number, _ => SampleSweep.RangeTestCurves(exponential: false)),
        [
            .. Leaderboard.Of(results.Trials, results.Spec.Search.SelectBy).Take(5).Select(row => new TrialCurves(
                results.Trials.Single(trial => trial.Number == row.Trials[0]), SampleSweep.TrialCurves(row.Configuration.MaxLearningRate, row.TestAccuracy))),
        ],
        analysis,
        SampleSweep.Run.StartedAt.AddHours(1));

    /// <summary>A sweep of many random configurations, a tenth of them diverged, with 15 range tests.</summary>
    public static SweepResults Large(int trials)
    {
        ImmutableArray<CellRecord> cells =
            [.. Enumerable.Range(1, 15).Select(i => SampleSweep.Cells[0] with { Number = i, Key = new CellKey(64 * (1 + (i % 3)), 1e-5 * Math.Pow(3, i / 3), 0.1 * (i % 2)) })];
        return SampleSweep.Results with
        {
            Spec = SampleSweep.Spec with { Name = "large" },
            Cells = cells,
            Trials = [.. Enumerable.Range(1, trials).Select(i => Trial(i, cells[i % cells.Length]))],
        };
    }

    private static TrialRecord Trial(int number, CellRecord cell)
    {
        double rate = 0.01 * Math.Pow(300, number * 0.618 % 1);
        double accuracy = 0.9 - (0.02 * Math.Pow(Math.Log10(rate), 2)) - (0.01 * (number * 0.414 % 1));
        JobOutcome outcome = number % 10 == 0
            ? new JobOutcome.Diverged(31, rate, "loss 1.2e+04 at step 31")
            : new JobOutcome.Trained(new TrialScore(0.31, 0.3, accuracy, 0.33, accuracy - 0.004, "c0ffee"));
        return new TrialRecord(
            number, cell.Number, new Configuration(rate, cell.Key.BatchSize, cell.Key.WeightDecay, cell.Key.Dropout), 1, 7, JobStatus.Done, 1, outcome, SampleSweep.Run);
    }

    private static SurfaceGrid Grid()
    {
        double[] rates = [.. Enumerable.Range(0, 20).Select(i => 0.02 * Math.Pow(100, i / 19.0))];
        double[] decays = [.. Enumerable.Range(0, 20).Select(i => 1e-5 * Math.Pow(1000, i / 19.0))];
        return new SurfaceGrid(
            rates,
            decays,
            [.. decays.SelectMany(decay => rates.Select(rate => 0.9 - (0.01 * Math.Pow(Math.Log10(rate * 3) + (0.3 * Math.Log10(decay * 1e4)), 2))))],
            128,
            0,
            null,
            [new IsoAccuracy(0.89, [0.05, 0.2, 0.2, 1], [1e-4, 2e-4, 2e-4, 1e-3])]);
    }
}
