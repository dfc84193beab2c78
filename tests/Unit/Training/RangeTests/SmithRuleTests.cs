using CsCheck;
using Sweeper.Training.RangeTests;
using Xunit;

namespace Sweeper.Tests.Unit.Training.RangeTests;

public sealed class SmithRuleTests
{
    [Theory]
    [InlineData("ResNet-56, 5k", new[] { .398, .551, .717, .722, .741, .723, .745, .738 }, 0.94, 1.0)]
    [InlineData("ResNet-56, 20k", new[] { .584, .715, .762, .771, .758, .745, .728, .722 }, 0.92, 0.97)]
    [InlineData("ResNet-56, 100k", new[] { .663, .770, .800, .804, .804, .770, .744, .730 }, 0.88, 0.95)]
    [InlineData("dropout .2", new[] { .555, .762, .820, .837, .826, .803, .783, .761 }, 0.88, 0.95)]
    public void AuthorsLogs_FlatToThree_SayPossible(string run, double[] bands, double least, double most)
    {
        SmithReading reading = Read(RangeTestCurves.OfAccuracy(3, 60, RangeTestCurves.Bands(bands)), usual: 0.1);

        Assert.True(reading.Verdict == SuperConvergenceVerdict.Possible, $"{run}: {reading.Evidence}");
        Assert.InRange(reading.Flatness!.Value, least, most);
        Assert.InRange(reading.MaxLearningRate.LearningRateOrNull!.Value, 2.9, 3);
    }

    [Fact]
    public void AuthorsCounterExample_PeakThenCollapse_SaysNotPossible()
    {
        SmithReading reading = Read(
            RangeTestCurves.OfAccuracy(3, 200, RangeTestCurves.Bands(.358, .433, .458, .307, .176, .169, .167, .145)), usual: 0.1);

        Assert.Equal(SuperConvergenceVerdict.NotPossible, reading.Verdict);
        Assert.InRange(reading.Flatness!.Value, 0.28, 0.36);
        Assert.InRange(reading.MaxLearningRate.LearningRateOrNull!.Value, 0.45, 0.55);
    }

    [Fact]
    public void Maximum_FallingAccuracy_IsLastRateWithinTenPercentOfBest()
    {
        // A plateau at 0.8 up to rate 1, then a straight fall by 0.4 a unit: 0.72 is reached at 1.2.
        SmithReading reading = Read(RangeTestCurves.OfAccuracy(2, 1000, rate => rate < 1 ? 0.8 : 0.8 - (0.4 * (rate - 1))));

        Assert.Equal(1.2, reading.MaxLearningRate.LearningRateOrNull!.Value, 0.005);
        Assert.Equal(reading.MaxLearningRate.LearningRateOrNull!.Value / 10, reading.MinLearningRate.LearningRateOrNull!.Value, 1e-12);
        Assert.Equal(0.8, reading.BestAccuracy!.Value, 1e-9);
    }

    [Fact]
    public void TrainedBefore_ForgetsOnTheWayAndComesBack_IsNoSuperConvergence()
    {
        // 0.75 at the start, 0.25 in the middle, 0.7 at the end: the top fifth alone would be flat.
        RangeTestCurve curve = RangeTestCurves.OfAccuracy(1, 100, rate => rate < 0.1 ? 0.75 : rate < 0.6 ? 0.25 : 0.7);

        SmithReading reading = Read(curve, usual: 0.01);

        Assert.Equal(SuperConvergenceVerdict.Inconclusive, reading.Verdict);
        Assert.InRange(reading.MaxLearningRate.LearningRateOrNull!.Value, 0.05, 0.1);
        Assert.Contains("at its best, 0.750, where the ramp begins, and falls to 0.250 on the way", reading.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingByTheReadings_WhileTheLossFell_NamesBatchNorm()
    {
        RangeTestCurve flat = RangeTestCurves.OfAccuracy(1, 20, _ => 0.1);
        RangeTestCurve learned = flat with { Points = [.. flat.Points.Select((point, i) => point with { SmoothedLoss = 2.3 - (0.05 * i) })] };

        Assert.DoesNotContain("batch-norm", Read(flat).Evidence, StringComparison.Ordinal);
        Assert.Contains("its training loss fell from 2.3 to 1.35 all the same, so batch-norm statistics may lag", Read(learned).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void FlatCurve_UsualRateUnknown_SaysThatItWasNotJudged()
    {
        SmithReading reading = Read(RangeTestCurves.OfAccuracy(3, 60, _ => 0.7));

        Assert.Equal(SuperConvergenceVerdict.Possible, reading.Verdict);
        Assert.Contains("was not judged", reading.Evidence, StringComparison.Ordinal);
        Assert.Contains("the maximum may lie beyond 2.95", reading.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void FlatCurve_RampEndsBelowTenTimesTheUsualRate_IsInconclusive()
    {
        Assert.Equal(SuperConvergenceVerdict.Inconclusive, Read(RangeTestCurves.OfAccuracy(0.5, 60, _ => 0.7), usual: 0.1).Verdict);
    }

    [Fact]
    public void BetweenTheBounds_IsInconclusive()
    {
        SmithReading reading = Read(RangeTestCurves.OfAccuracy(3, 100, rate => rate < 2 ? 0.8 : 0.6));

        Assert.Equal(SuperConvergenceVerdict.Inconclusive, reading.Verdict);
        Assert.Equal(0.75, reading.Flatness!.Value, 0.01);
    }

    [Fact]
    public void Divergence_HalfWay_AsksForALongerRamp()
    {
        SmithReading reading = Read(RangeTestCurves.OfAccuracy(3, 100, _ => 0.8, divergedAt: 1.5), usual: 0.1);

        Assert.Equal(SuperConvergenceVerdict.Inconclusive, reading.Verdict);
        Assert.Contains("diverged at 1.5: repeat the ramp over four times the steps", reading.Evidence, StringComparison.Ordinal);
        Assert.Equal(0, reading.Flatness);
        Assert.Equal(1.47, reading.MaxLearningRate.LearningRateOrNull!.Value, 1e-9);
    }

    [Theory]
    [InlineData(0.5, SuperConvergenceVerdict.NotPossible, "the loss diverged again, at 0.5, which is below ten times the usual rate, 0.1")]
    [InlineData(1.5, SuperConvergenceVerdict.Inconclusive, "the loss diverged again, at 1.5: a ramp to a lower rate may tell")]
    public void Divergence_OfARepeat_ConcludesWhereTheRateIsNoLargeOne(double at, SuperConvergenceVerdict verdict, string evidence)
    {
        SmithReading reading = Read(RangeTestCurves.OfAccuracy(3, 100, _ => 0.8, divergedAt: at) with { IsRepeat = true }, usual: 0.1);

        Assert.Equal(verdict, reading.Verdict);
        Assert.EndsWith(evidence, reading.Evidence, StringComparison.Ordinal);
        Assert.Equal(at, reading.MaxLearningRate.LearningRateOrNull!.Value, 0.05);
    }

    [Fact]
    public void Divergence_InTheTopFifth_CountsTheRestAsNothingRight()
    {
        SmithReading reading = Read(RangeTestCurves.OfAccuracy(1, 1000, _ => 0.8, divergedAt: 0.9));

        Assert.Equal(0.5, reading.Flatness!.Value, 0.01);
    }

    [Fact]
    public void AccuracyAtChance_FlatAsItIs_IsNoSuggestion()
    {
        SmithReading reading = Read(RangeTestCurves.OfAccuracy(3, 60, _ => 0.11), usual: 0.1);

        Assert.Equal(SuperConvergenceVerdict.Inconclusive, reading.Verdict);
        Assert.IsType<Suggestion.None>(reading.MaxLearningRate);
        Assert.Equal("the network learned nothing: best accuracy 0.110, by chance 0.100", reading.Evidence);
    }

    [Fact]
    public void TooFewReadings_IsAReason()
    {
        SmithReading reading = Read(RangeTestCurves.OfAccuracy(3, 4, _ => 0.8));

        Assert.Equal(new Suggestion.None("held-out accuracy was read 4 times, the rule needs 5"), reading.MaxLearningRate);
        Assert.Null(reading.Flatness);
    }

    [Fact]
    public void AnyAccuracies_NeverThrowAndKeepTheirBounds()
    {
        Gen.Select(Gen.Double[0, 1].Array[0, 80], Gen.Double[0, 1], Gen.Bool).Sample(
            (accuracies, part, diverged) =>
            {
                double? divergedAt = diverged && accuracies.Length > 0 ? 3 * part : null;
                int i = 0;
                SmithReading reading = Read(RangeTestCurves.OfAccuracy(3, Math.Max(1, accuracies.Length), _ => accuracies.Length == 0 ? 0 : accuracies[i++], divergedAt));
                return reading.Evidence.Length > 0
                    && reading.Flatness is null or (>= 0 and <= 1.0000001)
                    && reading.MaxLearningRate is Suggestion.None or Suggestion.Found { LearningRate: > 0 and < 3 };
            },
            iter: 2000);
    }

    private static SmithReading Read(RangeTestCurve curve, double? usual = null) =>
        RangeTestRules.Suggest(curve, curve.Points.Length, 10, usual).Smith;
}
