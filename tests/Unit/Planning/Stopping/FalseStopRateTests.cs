using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

public sealed class FalseStopRateTests
{
    // scipy.stats.beta.ppf, the textbook form: 1 of 10 is 0.0025 to 0.4450, 0 of 20 is 0 to 0.1684.
    [Theory]
    [InlineData(0, 0, 0, 1)]
    [InlineData(1, 10, 0.0025, 0.4450)]
    [InlineData(0, 20, 0, 0.1684)]
    [InlineData(20, 20, 0.8316, 1)]
    public void Interval_OfCounts_IsClopperAndPearsons(int wrong, int audited, double low, double high)
    {
        (double Low, double High) interval = new FalseStopRate(wrong, audited).Interval();

        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
    }

    [Fact]
    public void Add_BetterThanTheIncumbent_IsAWrongStop()
    {
        FalseStopRate rate = default(FalseStopRate).Add(0.9, 0.91).Add(0.9, 0.9).Add(0.9, null).Add(0.9, 0.5);

        Assert.Equal(new FalseStopRate(1, 4), rate);
        Assert.Equal("1 of 4 audited stops wrong: 25.0% (0.6% to 80.6%)", rate.ToString());
    }

    [Fact]
    public void ToString_NothingAudited_SaysSo() => Assert.Equal("no stop audited yet", default(FalseStopRate).ToString());
}
