using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Analysis;
using Xunit;

namespace Sweeper.Tests.Unit.Analysis;

public sealed class BalanceTests
{
    private static readonly double[] Rates = [0.03, 0.1, 0.3, 1];
    private static readonly double[] Decays = [1e-5, 1e-4, 1e-3];

    [Fact]
    public void Decays_BestFallsWithRate_IsFoundAndAgreesWithTheory()
    {
        SweepAnalysis analysis = Analyse(TrialTables.Grid(Rates, Decays, 3, 0.002, (rate, decay) => Ridge(rate, decay, slope: -1)));

        Assert.Equal([1e-3, 1e-3, 1e-4, 1e-5], analysis.Decays.Select(bin => bin.WeightDecay));
        Assert.All(analysis.Decays, bin => Assert.InRange(bin.WeightDecay, bin.Lower, bin.Upper));
        Assert.True(analysis.Decays[0].AtEdge);
        Assert.False(analysis.Decays[2].AtEdge);
        Assert.Equal(Agreement.Agree, Check(analysis, TheoryTopic.WeightDecayFallsWithRate).Agreement);
    }

    [Fact]
    public void Decays_BestRisesWithRate_DisagreesWithTheory() =>
        Assert.Equal(
            Agreement.Disagree,
            Check(Analyse(TrialTables.Grid(Rates, Decays, 3, 0.002, (rate, decay) => Ridge(rate, decay, slope: 1))), TheoryTopic.WeightDecayFallsWithRate).Agreement);

    [Fact]
    public void Decays_NoiseOnly_LeavesTheoryUndecided() =>
        Assert.Equal(
            Agreement.Undecided,
            Check(Analyse(TrialTables.Grid(Rates, Decays, 3, 0.002, (_, _) => 0.9)), TheoryTopic.WeightDecayFallsWithRate).Agreement);

    [Fact]
    public void Decays_DivergedAtLargeDecay_DoNotWin()
    {
        AnalysedTrial[] trials = [.. TrialTables.Grid([0.1, 1], Decays, 2, 0.001, (_, decay) => 0.8 + (100 * decay))
            .Select(trial => trial is { MaxLearningRate: 1, WeightDecay: 1e-3 } ? trial with { Diverged = true, ValidationAccuracy = null } : trial)];

        SweepAnalysis analysis = Analyse(trials);

        Assert.Equal([1e-3, 1e-4], analysis.Decays.Select(bin => bin.WeightDecay));
        Assert.Equal(2, analysis.Data.Diverged);
    }

    [Theory]
    [InlineData(-0.04, Agreement.Agree)]
    [InlineData(0.04, Agreement.Disagree)]
    [InlineData(0, Agreement.Undecided)]
    public void Dropout_EffectChangesWithRate_IsHeldAgainstTheory(double product, Agreement expected)
    {
        SweepAnalysis analysis = Analyse(TrialTables.Random(100, 3, 0.002, (rate, _, _, dropout) => 0.8 + (0.02 * rate) + (product * rate * dropout)));

        Assert.Equal(expected, Check(analysis, TheoryTopic.DropoutFallsWithRate).Agreement);
        Assert.Equal(-200 * product, analysis.Dropout!.AtLowRates!.Points, 1.0);
        Assert.Equal(200 * product, analysis.Dropout.AtHighRates!.Points, 1.0);
    }

    [Theory]
    [InlineData(0.03, Agreement.Agree)]
    [InlineData(-0.03, Agreement.Disagree)]
    public void Rate_BestRisesOrFallsWithBatch_IsHeldAgainstTheory(double product, Agreement expected) =>
        Assert.Equal(
            expected,
            Check(Analyse(TrialTables.Random(100, 4, 0.002, (rate, batch, _, _) => 0.8 + (product * rate * batch))), TheoryTopic.RateRisesWithBatch).Agreement);

    [Theory]
    [InlineData(0.92, Agreement.Agree)]
    [InlineData(0.85, Agreement.Disagree)]
    public void Batches_EqualTime_ComparesWhatEndedInIt(double large, Agreement expected)
    {
        SweepAnalysis analysis = Analyse([.. Batch(64, 10, 100, 0.90), .. Batch(64, 20, 200, 0.99), .. Batch(512, 10, 50, large - 0.05), .. Batch(512, 20, 100, large)]);

        Assert.Equal([64, 512], analysis.Batches.Select(batch => batch.BatchSize));
        Assert.All(analysis.Batches, batch => Assert.Equal(110, batch.Seconds, 1e-9));
        Assert.InRange(analysis.Batches[0].Accuracy, 0.90, 0.92);
        Assert.Equal(large, analysis.Batches[1].Accuracy, 0.002);
        Assert.Equal(0.5, analysis.Batches[0].RelativeSpeed, 1e-9);
        Assert.Equal(expected, Check(analysis, TheoryTopic.LargeBatchAtEqualTime).Agreement);
    }

    [Fact]
    public void Batches_SlowOneHasNoShortRun_AreNotCompared()
    {
        SweepAnalysis analysis = Analyse([.. Batch(64, 20, 200, 0.9), .. Batch(512, 20, 100, 0.9)]);

        Assert.Empty(analysis.Batches);
        Assert.Contains(analysis.Gaps, gap => gap.Part == AnalysisPart.Batch && gap.Needs.Contains("batch 64", StringComparison.Ordinal));
    }

    private static IEnumerable<AnalysedTrial> Batch(int size, int epochs, double seconds, double accuracy) =>
        new[] { -0.001, 0, 0.001 }.Select((luck, index) => TrialTables.Plain with
        {
            Number = (size * 100) + (epochs * 4) + index,
            BatchSize = size,
            Epochs = epochs,
            Steps = epochs * 1000 / size,
            Seconds = seconds,
            Seed = index,
            ValidationAccuracy = accuracy + luck,
        });

    /// <summary>A ridge whose best weight decay moves by <paramref name="slope"/> decades for each decade of rate, through 10^-4 at 10^-0.6.</summary>
    private static double Ridge(double rate, double decay, double slope)
    {
        double away = Math.Log10(decay) + 4 - (slope * 1.4 * (Math.Log10(rate) + 0.6));
        return 0.9 - (0.02 * away * away);
    }

    private static TheoryCheck Check(SweepAnalysis analysis, TheoryTopic topic) => Assert.Single(analysis.Theory, check => check.Topic == topic);

    private static SweepAnalysis Analyse(AnalysedTrial[] trials) => SweepAnalyst.Analyse(trials, SelectionSet.Validation, seed: 1);
}
