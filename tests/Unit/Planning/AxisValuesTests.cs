using CsCheck;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Planning;

public sealed class AxisValuesTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.123456, 0.123)]
    [InlineData(0.0009996, 0.001)]
    [InlineData(1234.5, 1230)]
    [InlineData(-98765, -98800)]
    [InlineData(5e-40, 5e-40)]
    [InlineData(1.2345e30, 1.23e30)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Round_Value_KeepsThreeDigits(double value, double expected) => Assert.Equal(expected, AxisValues.Round(value));

    [Fact]
    public void Round_AnyFiniteValue_IsCloseAndRoundsToItself() => Gen.Double.Where(double.IsFinite).Sample(value =>
    {
        double rounded = AxisValues.Round(value);
        Assert.Equal(rounded, AxisValues.Round(rounded));
        Assert.True(!double.IsNormal(value) || Math.Abs(rounded - value) <= 0.0051 * Math.Abs(value));
    });

    [Fact]
    public void OfGrid_List_KeepsOrder() =>
        Assert.Equal([0.3, 0.1, 0.2], AxisValues.OfGrid(TestSpecs.Values(0.3, 0.1, 0.2)));

    [Fact]
    public void OfGrid_LogRange_HasEvenRatios() =>
        Assert.Equal([0.001, 0.01, 0.1, 1], AxisValues.OfGrid(new AxisSpec.Range(0.001, 1, Log: true, 4)));

    [Fact]
    public void OfGrid_LinearRange_HasEvenSteps() =>
        Assert.Equal([0, 0.1, 0.2, 0.3, 0.4], AxisValues.OfGrid(new AxisSpec.Range(0, 0.4, Log: false, 5)));

    [Fact]
    public void OfGrid_RangeTooNarrowForItsPoints_ListsEachValueOnce() =>
        Assert.Equal([0.1, 0.1001], AxisValues.OfGrid(new AxisSpec.Range(0.1, 0.1001, Log: false, 5)).Order());

    [Fact]
    public void OfGrid_RangeTestBounds_ArePositions() =>
        Assert.Equal([0, 0.5, 1], AxisValues.OfGrid(new AxisSpec.FromRangeTest(0.25, 1, 3)));

    [Theory]
    [InlineData(0.25, 1, 1)]
    [InlineData(0.5, 0.5, 4)]
    public void OfGrid_RangeTestBoundsWithOnePoint_TakeTheUpperBoundAlone(double low, double high, int points) =>
        Assert.Equal([1.0], AxisValues.OfGrid(new AxisSpec.FromRangeTest(low, high, points)));

    [Fact]
    public void EveryValue_OfAnyRange_LiesWithinIt()
    {
        var ranges = Gen.Select(Gen.Double[1e-9, 1], Gen.Double[1.0001, 1e6], Gen.Bool, Gen.Int[2, 20])
            .Select((min, ratio, log, points) => new AxisSpec.Range(min, min * ratio, log, points));
        Gen.Select(ranges, Gen.ULong).Sample((range, seed) =>
        {
            var random = new SplitMix(seed);
            Assert.All(AxisValues.OfGrid(range), value => Assert.InRange(value, range.Min, range.Max));
            for (int draw = 0; draw < 20; draw++)
            {
                Assert.InRange(AxisValues.Draw(range, ref random), range.Min, range.Max);
            }
        });
    }

    [Fact]
    public void Draw_DropoutRangeThatEndsJustBelowOne_StaysBelowOne()
    {
        var random = new SplitMix(3);
        var range = new AxisSpec.Range(0.999, 0.9999, Log: false, 0);

        Assert.All(Enumerable.Range(0, 100).Select(_ => AxisValues.Draw(range, ref random)), value => Assert.True(value < 1));
    }

    [Fact]
    public void Draw_LogRange_FillsEachDecadeAlike()
    {
        var random = new SplitMix(11);
        var range = new AxisSpec.Range(1e-4, 1, Log: true, 0);

        int[] decades = [.. Enumerable.Range(0, 4_000)
            .Select(_ => (int)Math.Floor(Math.Log10(AxisValues.Draw(range, ref random))))
            .CountBy(decade => decade).OrderBy(pair => pair.Key).Select(pair => pair.Value)];

        Assert.Equal(4, decades.Length);
        Assert.All(decades, count => Assert.InRange(count, 880, 1_120));
    }

    [Theory]
    [InlineData(0, 0.175)]
    [InlineData(0.5, 0.35)]
    [InlineData(1, 0.7)]
    public void LearningRate_BetweenBounds_IsEvenInTheLogarithm(double position, double expected) =>
        Assert.Equal(expected, AxisValues.LearningRate(new AxisSpec.FromRangeTest(0.25, 1, 3), position, suggestedMaximum: 1, pullBack: 0.7));
}
