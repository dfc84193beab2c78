using CsCheck;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Tests.Unit.Training.RangeTests;

public sealed class LossRulesTests
{
    [Fact]
    public void Oracle_StopRule_EndsAtStep94()
    {
        RangeTestCurve curve = RangeTestCurves.Oracle();

        Assert.Equal(94, curve.Points[^1].Step);
        AssertRate(3.3113, curve.Points[^1].LearningRate);
        Assert.Equal(80, LossCurve.Of(curve.Points, RangeTestCurves.Steps).Count);
    }

    [Fact]
    public void Oracle_EveryRule_GivesTheKnownRate()
    {
        RangeTestSuggestions suggestions = RangeTestRules.Suggest(RangeTestCurves.Oracle(), RangeTestCurves.Steps, 10);

        AssertFound(3.98107e-4, suggestions.Valley);
        AssertFound(1.0e-3, suggestions.Slide);
        AssertFound(3.63078e-2, suggestions.Minimum);
        AssertFound(3.01995e-3, suggestions.Steep);
    }

    [Fact]
    public void NotANumber_InTheMiddle_CutsTheCurveThere()
    {
        RangeTestCurve whole = RangeTestCurves.Oracle();
        RangeTestCurve broken = whole with
        {
            Points = whole.Points.SetItem(60, whole.Points[60] with { SmoothedLoss = double.NaN }),
        };

        Assert.Equal(50, LossCurve.Of(broken.Points, RangeTestCurves.Steps).Count);
        // The loss still falls at the cut, so the least is the last that is kept: rate of step 59, over ten.
        AssertFound(whole.Points[59].LearningRate / 10, RangeTestRules.Suggest(broken, RangeTestCurves.Steps, 10).Minimum);
    }

    [Fact]
    public void Valley_FallFromTheFirstPoint_StartsOneBeforeItAsFastaiDoes()
    {
        // 30 points kept of a strictly falling curve: start −1, thirds of 10: index −1 + 10 + 5.
        RangeTestCurve curve = RangeTestCurves.OfLosses([.. Enumerable.Range(0, 35).Select(i => 10.0 - i * 0.1)]);
        LossCurve kept = LossCurve.Of(curve.Points, 0);

        Assert.Equal(30, kept.Count);
        Assert.Equal(new Suggestion.Found(kept.Rates[14]), LossRules.Valley(kept));
    }

    [Fact]
    public void Slide_FlatLoss_AnswersTheFirstWindow()
    {
        RangeTestCurve curve = RangeTestCurves.OfLosses([.. Enumerable.Repeat(1.0, 25)]);
        LossCurve kept = LossCurve.Of(curve.Points, 0);

        Assert.Equal(new Suggestion.Found(kept.Rates[20 - 1 - 15]), LossRules.Slide(kept));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(6)]
    public void ShortCurve_WithoutUsablePoints_GivesReasons(int points)
    {
        RangeTestCurve curve = RangeTestCurves.OfLosses([.. Enumerable.Repeat(1.0, points)]);
        RangeTestSuggestions suggestions = RangeTestRules.Suggest(curve, 100, 10);

        foreach (Suggestion suggestion in new[] { suggestions.Valley, suggestions.Slide, suggestions.Minimum, suggestions.Steep })
        {
            Suggestion.None none = Assert.IsType<Suggestion.None>(suggestion);
            Assert.StartsWith("the curve has 0 usable points, the rule needs", none.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void RisingLoss_ValleyAndSteep_SayWhy()
    {
        RangeTestCurve curve = RangeTestCurves.OfLosses([.. Enumerable.Range(0, 60).Select(i => 1.0 + i)]);
        RangeTestSuggestions suggestions = RangeTestRules.Suggest(curve, 60, 10);

        Assert.Equal(new Suggestion.None("the smoothed loss does not fall"), suggestions.Valley);
        Assert.Equal(new Suggestion.None("the smoothed loss does not fall"), suggestions.Steep);
    }

    [Fact]
    public void AnyCurve_AnyNumbers_NeverThrows()
    {
        Gen<double> loss = Gen.OneOf(Gen.Double[0, 10], Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity), Gen.Const(0.0));
        Gen.Select(loss.Array[0, 60], Gen.Int[0, 200]).Sample(
            (losses, planned) =>
            {
                RangeTestSuggestions suggestions = RangeTestRules.Suggest(RangeTestCurves.OfLosses(losses), planned, 10);
                return new[] { suggestions.Valley, suggestions.Slide, suggestions.Minimum, suggestions.Steep }
                    .All(suggestion => suggestion is Suggestion.None { Reason.Length: > 0 } or Suggestion.Found { LearningRate: > 0 and <= 1 });
            },
            iter: 2000);
    }

    [Fact]
    public void SmoothedLoss_ConstantLoss_IsThatLossFromTheFirst()
    {
        SmoothedLoss average = default;
        Assert.True(double.IsNaN(average.Value));
        for (int i = 0; i < 10; i++)
        {
            average = average.Add(2.5);
            Assert.Equal(2.5, average.Value, 1e-12);
        }
    }

    [Fact]
    public void SmoothedLoss_TwoLosses_EqualsFormula()
    {
        SmoothedLoss average = default(SmoothedLoss).Add(1).Add(3);

        Assert.Equal(((0.98 * 0.02 * 1) + (0.02 * 3)) / (1 - (0.98 * 0.98)), average.Value, 1e-12);
    }

    private static void AssertFound(double expected, Suggestion suggestion) =>
        AssertRate(expected, Assert.IsType<Suggestion.Found>(suggestion).LearningRate);

    private static void AssertRate(double expected, double actual) =>
        Assert.True(Math.Abs(actual - expected) <= 1e-5 * expected, $"expected {expected}, got {actual}");
}
