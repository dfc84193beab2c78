using CsCheck;
using Spectre.Console;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Xunit;

namespace Sweeper.Tests.Unit.Client;

/// <summary>What the live view is laid out with.</summary>
public sealed class LayoutTests
{
    [Theory]
    [InlineData(40, "[bold]name[/] running · 3:07 · 12 epochs")]
    [InlineData(26, "[bold]name[/] running · 3:07")]
    [InlineData(24, "[bold]name[/] running · 3:07")]
    [InlineData(5, "[bold]name[/] running")]
    public void FittedLine_LessRoom_LeavesOutWholeParts(int width, string line) =>
        Assert.Equal(line, FittedLine.Of(width, "[bold]name[/] running", "3:07", null, "", "12 epochs"));

    [Theory]
    [InlineData("R-001 max LR 0.85, super-convergence possible", 80, "R-001 max LR 0.85, super-convergence possible")]
    [InlineData("R-001 max LR 0.85, super-convergence possible", 30, "R-001 max LR 0.85…")]
    [InlineData("two\nlines", 80, "two lines")]
    [InlineData("/a/path/without/any/blank/at/all", 12, "/a/path/wit…")]
    [InlineData("日本語の名前", 7, "日本語…")]
    [InlineData("word", 1, "…")]
    public void Cut_TextThatIsTooLong_EndsAtAWord(string text, int width, string line) => Assert.Equal(line, FittedLine.Cut(text, width));

    [Fact]
    public void Cut_AnyText_StaysWithinItsRoom() => Gen.Select(Gen.String, Gen.Int[1, 40]).Sample((text, width) =>
        Assert.True(FittedLine.Cut(text, width).GetCellWidth() <= width));

    [Fact]
    public void Share_AnyClaims_GivesNobodyMoreThanThereIsOrLessThanIsOfUse() => Gen.Select(Gen.Int[-5, 60], Claim.Array[4]).Sample((lines, claims) =>
    {
        int[] given = [.. LineBudget.Share(lines, claims)];

        Assert.True(given.Sum() <= Math.Max(0, lines));
        Assert.All(given.Zip(claims), pair => Assert.True(
            pair.First == 0 || (pair.First >= Math.Min(pair.Second.Least, pair.Second.Want) && pair.First <= pair.Second.Want)));
        Assert.True(lines < claims.Sum(claim => claim.Want) || given.SequenceEqual(claims.Select(claim => claim.Want)), "there was room for all");
    });

    [Fact]
    public void Share_ListShorterThanIsOfUse_IsShownWhole() => Assert.Equal([1], LineBudget.Share(1, new LineBudget.Claim(1, 3)));

    [Fact]
    public void Share_TooFewLines_GoesToTheFirst() =>
        Assert.Equal([4, 3, 0], LineBudget.Share(7, new LineBudget.Claim(20, 3), new LineBudget.Claim(20, 3), new LineBudget.Claim(9, 2)));

    [Fact]
    public void RampSparkline_BoundWithinTheRamp_IsMarkedWhereItWasFound()
    {
        var curve = new RampCurve([0, 1, 2, 3, 4, 5, 6, 7], [0.1, 0.5, 0.8, 0.8, 0.8, 0.8, 0.4, 0.1], IsLoss: false);

        string line = RampSparkline.Of(curve, 5.5, 9);

        Assert.Equal("▂▆████│▅▂", Markup.Remove(line));
        Assert.EndsWith("[grey]▅▂[/]", line, StringComparison.Ordinal);
        Assert.DoesNotContain("│", RampSparkline.Of(curve, null, 9), StringComparison.Ordinal);
        Assert.EndsWith("│", Markup.Remove(RampSparkline.Of(curve, 7, 9)), StringComparison.Ordinal);
    }

    [Fact]
    public void RampSparkline_LossThatBlowsUp_StillShowsItsValley()
    {
        var curve = new RampCurve([1, 2, 3, 4, 5, 6, 7, 8], [2.3, 2.2, 1.5, 0.9, 0.7, 2.1, 5e6, double.NaN], IsLoss: true);

        Assert.Equal("██▅▂▁│██ ", Markup.Remove(RampSparkline.Of(curve, 5, 9)));
    }

    [Fact]
    public void RampCurve_Readings_StandAtTheirLearningRates()
    {
        JobCurves curves = SampleSweep.RangeTestCurves(exponential: false);

        RampCurve accuracy = RampCurve.Of(curves);
        RampCurve loss = RampCurve.Of(SampleSweep.RangeTestCurves(exponential: true));

        Assert.Equal(curves.Evaluations.Length, accuracy.Values.Length);
        Assert.Equal(curves.LearningRate[curves.Evaluations[9].Step - 1], accuracy.Rates[9]);
        Assert.False(accuracy.IsLoss);
        Assert.True(loss.IsLoss);
        Assert.Empty(RampCurve.Of(null).Values);
    }

    private static Gen<LineBudget.Claim> Claim => Gen.Select(Gen.Int[0, 30], Gen.Int[1, 5], (want, least) => new LineBudget.Claim(want, least));
}
