using System.Text.Json;
using CsCheck;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Analysis;
using Xunit;

namespace Sweeper.Tests.Unit.Analysis;

public sealed class SweepAnalystTests
{
    [Fact]
    public void Analyse_NoTrials_NamesEveryGap()
    {
        SweepAnalysis analysis = SweepAnalyst.Analyse([], SelectionSet.Validation, 1);

        Assert.Equal(Enum.GetValues<AnalysisPart>(), analysis.Gaps.Select(gap => gap.Part).Order());
        Assert.All(analysis.Gaps, gap => Assert.StartsWith("not enough data: needs", gap.Needs, StringComparison.Ordinal));
        Assert.All(analysis.Theory, check => Assert.Equal(Agreement.Undecided, check.Agreement));
    }

    [Fact]
    public void Analyse_SevenTrials_FitsNothing()
    {
        SweepAnalysis analysis = SweepAnalyst.Analyse(TrialTables.Random(7, 1, 0.01, (rate, _, _, _) => 0.8 + (0.1 * rate)), SelectionSet.Validation, 1);

        Assert.Null(analysis.Surface);
        Assert.Empty(analysis.Importances);
        Assert.Contains(analysis.Gaps, gap => gap.Part == AnalysisPart.Surface && gap.Needs.Contains("there are 7", StringComparison.Ordinal));
    }

    [Fact]
    public void Analyse_OneFactorVaries_FitsACurveWithoutImportance()
    {
        SweepAnalysis analysis = SweepAnalyst.Analyse(TrialTables.Grid([0.1, 0.2, 0.4, 0.8], [1e-4], 3, 0.001, (rate, _) => 0.8 + (0.1 * rate)), SelectionSet.Validation, 1);

        Assert.NotNull(analysis.Surface);
        Assert.Null(analysis.Surface.Grid);
        Assert.Contains(analysis.Gaps, gap => gap.Part == AnalysisPart.Importance && gap.Needs.Contains("2 factors", StringComparison.Ordinal));
    }

    [Fact]
    public void Analyse_ConstantAccuracy_FitsNothing()
    {
        SweepAnalysis analysis = SweepAnalyst.Analyse(TrialTables.Random(40, 1, 0, (_, _, _, _) => 0.8), SelectionSet.Validation, 1);

        Assert.Null(analysis.Surface);
        Assert.Contains(analysis.Gaps, gap => gap.Part == AnalysisPart.Surface && gap.Needs.Contains("differ in accuracy", StringComparison.Ordinal));
    }

    [Fact]
    public void Analyse_TwoLengths_TakesFactorsFromTheLongOne()
    {
        AnalysedTrial[] longer = TrialTables.Random(25, 1, 0.01, (rate, _, _, _) => 0.8 + (0.1 * rate));
        IEnumerable<AnalysedTrial> shorter = TrialTables.Random(60, 2, 0.01, (rate, _, _, _) => 0.5 - (0.1 * rate))
            .Select(trial => trial with { Number = trial.Number + 100, Epochs = 3, Steps = 300 });

        AnalysedData data = SweepAnalyst.Analyse([.. shorter, .. longer], SelectionSet.Validation, 1).Data;

        Assert.Equal((10, 25), (data.Epochs, data.Trials));
    }

    [Fact]
    public void Analyse_SizesOverEqualSteps_TakesImagesAsAFactorWhateverTheEpochs()
    {
        AnalysedTrial[] trials =
        [
            .. new[] { 900, 2700, 9000 }.SelectMany((images, size) =>
                TrialTables.Grid([0.1, 0.2, 0.4, 0.8], [1e-4], 2, 0.001, (rate, _) => 0.6 + (0.1 * size) + (0.01 * rate)).Select(trial => trial with
                {
                    Number = trial.Number + (100 * size),
                    TrainImages = images,
                    Steps = 300,
                    Epochs = 300 * 128.0 / images,
                    ByStep = true,
                })),
        ];

        SweepAnalysis analysis = SweepAnalyst.Analyse(trials, SelectionSet.Validation, 1);

        Assert.Equal([Factor.MaxLearningRate, Factor.TrainImages], analysis.Data.Factors);
        Assert.Equal((24, 0.0), (analysis.Data.Trials, analysis.Data.Epochs));
        Assert.Contains("1cycle trials of 300 steps", analysis.Data.Treatment, StringComparison.Ordinal);
        Assert.True(analysis.Importances.Single(main => main.Factor == Factor.TrainImages).Share > 0.5);
    }

    [Fact]
    public void Analyse_SameTrialsInOtherOrder_GivesTheSameAnalysis()
    {
        AnalysedTrial[] trials = TrialTables.Random(30, 1, 0.01, (rate, _, _, _) => 0.8 + (0.1 * rate));

        Assert.Equal(
            JsonSerializer.Serialize(SweepAnalyst.Analyse(trials, SelectionSet.Validation, 1)),
            JsonSerializer.Serialize(SweepAnalyst.Analyse(trials.Reverse(), SelectionSet.Validation, 1)));
    }

    [Fact]
    public void Analyse_AnyTrials_GivesFiniteNumbersAndSharesOfAtMostOne() => Trials.Sample(trials =>
    {
        SweepAnalysis analysis = SweepAnalyst.Analyse(trials, SelectionSet.Validation, 1);

        // Serialisation refuses NaN and infinities.
        Assert.NotEmpty(JsonSerializer.Serialize(analysis));
        Assert.True(analysis.Importances.Sum(factor => factor.Share) + analysis.Interactions.Sum(pair => pair.Share) <= 1 + 1e-9);
        Assert.All(analysis.Importances, factor => Assert.True(factor.Lower <= factor.Share && factor.Share <= factor.Upper && factor.Upper <= 1));
        Assert.All(analysis.Claims, claim => Assert.True(claim.Verdict != ClaimVerdict.SuperConvergence || claim.SpeedUp!.Lower > 1));
        Assert.Equal(Enum.GetValues<TheoryTopic>(), analysis.Theory.Select(check => check.Topic));
        Assert.Equal(analysis.Surface is null, analysis.Gaps.Any(gap => gap.Part == AnalysisPart.Surface));
    }, iter: 25);

    /// <summary>Trials as awkward as they come: few values, ties, missing and impossible numbers, divergence, one or many.</summary>
    private static Gen<AnalysedTrial[]> Trials { get; } =
        Gen.Select(
            Gen.OneOfConst(0, 0.01, 0.1, 1, double.NaN, 1e-300),
            Gen.OneOfConst(1, 64, 512),
            Gen.OneOfConst(0, 1e-4, 1e-2),
            Gen.OneOfConst(0, 0.5),
            Gen.OneOfConst<double?>(null, 0, 0.1, 0.5, 0.9, 1, double.NaN),
            Gen.OneOfConst(ScheduleKind.OneCycle, ScheduleKind.OneCycle, ScheduleKind.OneCycle, ScheduleKind.Constant, ScheduleKind.Step),
            Gen.OneOfConst(0, 1, 100, 1000),
            Gen.OneOfConst(0, 10, 60, double.PositiveInfinity))
        .Select((rate, batch, decay, dropout, accuracy, schedule, steps, seconds) => TrialTables.Plain with
        {
            MaxLearningRate = rate,
            BatchSize = batch,
            WeightDecay = decay,
            Dropout = dropout,
            ValidationAccuracy = accuracy,
            Schedule = schedule,
            Steps = steps,
            Seconds = seconds,
            Diverged = accuracy is null,
            Curve = [new CurveReading(steps / 2, accuracy ?? double.NaN)],
        })
        .Array[0, 60]
        .Select(trials => (AnalysedTrial[])[.. trials.Select((trial, index) => trial with { Number = index + 1, Seed = index })]);
}
