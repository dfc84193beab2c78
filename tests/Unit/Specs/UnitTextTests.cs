using CsCheck;
using Sweeper.Contracts.Specs.Reading;
using Xunit;

namespace Sweeper.Tests.Unit.Specs;

/// <summary>Numbers, durations and names as people write them.</summary>
public sealed class UnitTextTests
{
    [Theory]
    [InlineData("3", 3)]
    [InlineData("-0.5", -0.5)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("1e-4", 1e-4)]
    [InlineData("+1E+2", 100)]
    [InlineData("10%", 0.1)]
    [InlineData("0.1%", 0.001)]
    [InlineData("33%", 0.33)]
    [InlineData("60k", 60_000)]
    [InlineData("1.5k", 1500)]
    [InlineData(" 7 ", 7)]
    public void Number_KnownForm_IsTheNearestDouble(string text, double expected)
    {
        Assert.True(NumberText.TryRead(text, percent: true, thousands: true, out double value, out _));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("1_000")]
    [InlineData("0x10")]
    [InlineData("1e")]
    [InlineData("e5")]
    [InlineData(".")]
    [InlineData("1e2%")]
    [InlineData("nan")]
    [InlineData("-Infinity")]
    [InlineData("1e400")]
    public void Number_OtherForm_IsRefusedWithAReason(string text)
    {
        Assert.False(NumberText.TryRead(text, percent: true, thousands: true, out _, out string? complaint));
        Assert.NotEmpty(complaint!);
    }

    [Theory]
    [InlineData(1e-5, "1e-5")]
    [InlineData(0.0005, "0.0005")]
    [InlineData(1.25e-7, "1.25e-7")]
    [InlineData(1e20, "1e20")]
    [InlineData(60_000, "60000")]
    [InlineData(-0.1, "-0.1")]
    public void Number_Written_IsShort(double value, string expected) => Assert.Equal(expected, NumberText.Write(value));

    [Fact]
    public void Number_AnyFiniteOne_ReadsBackBitForBit() => Gen.Double.Where(double.IsFinite).Sample(value =>
    {
        Assert.True(NumberText.TryRead(NumberText.Write(value), percent: false, thousands: false, out double back, out _));
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(back));
    });

    [Theory]
    [InlineData("90s", 90)]
    [InlineData("30m", 1800)]
    [InlineData("2h", 7200)]
    [InlineData("1h30m", 5400)]
    [InlineData("1d12h", 129_600)]
    [InlineData("1.5h", 5400)]
    [InlineData("0.25s", 0.25)]
    public void Duration_KnownForm_IsRead(string text, double seconds)
    {
        Assert.True(DurationText.TryRead(text, out TimeSpan value));
        Assert.Equal(TimeSpan.FromSeconds(seconds), value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("m")]
    [InlineData("30m1h")]
    [InlineData("-5m")]
    [InlineData("1h 30m")]
    [InlineData("5min")]
    [InlineData("99999999999999d")]
    [InlineData("9999999999999999999999999999999999s")]
    public void Duration_OtherForm_IsRefused(string text) => Assert.False(DurationText.TryRead(text, out _));

    [Fact]
    public void Duration_AnyOne_ReadsBackEqual() => Gen.Long[0, long.MaxValue / 2].Sample(ticks =>
    {
        Assert.True(DurationText.TryRead(DurationText.Write(TimeSpan.FromTicks(ticks)), out TimeSpan back));
        Assert.Equal(ticks, back.Ticks);
    });

    [Theory]
    [InlineData("epoch", "epochs")]
    [InlineData("batchSize", "batch_size")]
    [InlineData("batch-size", "batch_size")]
    [InlineData("wieght_decay", "weight_decay")]
    [InlineData("zzz", null)]
    [InlineData("", null)]
    [InlineData("_", null)]
    public void NearestName_Slip_IsUndone(string written, string? expected) =>
        Assert.Equal(expected, NearestName.Of(written, ["epochs", "batch_size", "weight_decay", "dropout"]));
}
