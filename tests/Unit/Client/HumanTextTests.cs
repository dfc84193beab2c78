using CsCheck;
using Sweeper.Client.Rendering;
using Xunit;

namespace Sweeper.Tests.Unit.Client;

public sealed class HumanTextTests
{
    [Theory]
    [InlineData(0.0, "0:00")]
    [InlineData(59.6, "1:00")]
    [InlineData(754.0, "12:34")]
    [InlineData(3723.0, "1:02:03")]
    [InlineData(183600.0, "2d 03h")]
    [InlineData(-3.0, "0:00")]
    [InlineData(double.NaN, "–")]
    [InlineData(null, "–")]
    public void Duration_Seconds_ReadsLikeAClock(double? seconds, string text) => Assert.Equal(text, HumanText.Duration(seconds));

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(0.85, "0.85")]
    [InlineData(0.123456, "0.123")]
    [InlineData(512.0, "512")]
    [InlineData(12345.0, "12345")]
    [InlineData(0.0005, "5e-4")]
    [InlineData(0.000123, "1.23e-4")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(3.0, "3")]
    [InlineData(null, "–")]
    public void Rate_Hyperparameter_IsAsASpecWouldHaveIt(double? value, string text) => Assert.Equal(text, HumanText.Rate(value));

    [Fact]
    public void Rate_AnyRate_IsShortAndReadsBackWithinHalfAPercent() => Gen.Double[-8, 4].Select(exponent => Math.Pow(10, exponent)).Sample(rate =>
    {
        string text = HumanText.Rate(rate);
        double back = double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(text.Length <= 8, text);
        Assert.True(Math.Abs(back - rate) <= 0.0051 * rate, $"{rate:R} became {text}");
    });

    [Theory]
    [InlineData(0.8941, 0.0012, "89.41% ±0.12")]
    [InlineData(0.8941, null, "89.41%")]
    [InlineData(null, null, "–")]
    [InlineData(1.0, 0.0, "100.00% ±0.00")]
    public void PercentWithDeviation_MeanOfSeeds_ShowsBoth(double? mean, double? deviation, string text) =>
        Assert.Equal(text, HumanText.PercentWithDeviation(mean, deviation));

    [Theory]
    [InlineData(0.4123, "0.412")]
    [InlineData(12345.6, "1.2e4")]
    [InlineData(double.NaN, "nan")]
    [InlineData(null, "–")]
    public void Loss_Value_KeepsItsColumn(double? loss, string text) => Assert.Equal(text, HumanText.Loss(loss));

    [Fact]
    public void Sparkline_RisingCurve_RisesToItsTop()
    {
        string line = Sparkline.Of([.. Enumerable.Range(0, 100).Select(i => i / 100.0)], 10);

        Assert.Equal(10, line.Length);
        Assert.Equal('▁', line[0]);
        Assert.Equal('█', line[^1]);
        Assert.Equal(line, string.Concat(line.Order()));
    }

    [Theory]
    [InlineData(new double[0], "")]
    [InlineData(new[] { 0.0, 0.0 }, "▁▁")]
    [InlineData(new[] { double.NaN, 1.0 }, " █")]
    public void Sparkline_DegenerateCurve_IsStillALine(double[] values, string line) => Assert.Equal(line, Sparkline.Of(values, 16));

    [Fact]
    public void Bar_AnyFraction_HasItsWidth() => Gen.Double[-1, 2].Sample(fraction =>
        Assert.Equal(10, Bar.Of(fraction, 10, "blue").Count(letter => letter is '━' or '─')));

    [Fact]
    public void LineTrimmingWriter_PaddedTable_KeepsInnerBlanksOnly()
    {
        using var inner = new StringWriter();
        using var writer = new LineTrimmingWriter(inner);
        writer.Write("a  b   \n   \n  c  \nd ");
        writer.Flush();

        Assert.Equal("a  b\n\n  c\nd ", inner.ToString());
    }
}
