using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

public sealed class RankCorrelationTests
{
    // scipy.stats.spearmanr([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]) = 0.8207826816681233: the documentation's own example.
    [Fact]
    public void Of_Ties_SharesTheirMeanRank() =>
        Assert.Equal(0.8207826816681233, RankCorrelation.Of([1, 2, 3, 4, 5], [5, 6, 7, 8, 7]), 12);

    [Fact]
    public void Of_OneSideConstant_IsZero() => Assert.Equal(0, RankCorrelation.Of([1, 2, 3], [4, 4, 4]));

    [Fact]
    public void LowerBound_OneSeed_IsOneNumberBelowTheEstimate()
    {
        double[] xs = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        double[] ys = [2, 1, 4, 3, 6, 5, 8, 7, 10, 9];

        double bound = RankCorrelation.LowerBound(xs, ys, 0.95, 3);

        Assert.Equal(bound, RankCorrelation.LowerBound(xs, ys, 0.95, 3));
        Assert.InRange(bound, 0.5, RankCorrelation.Of(xs, ys));
    }
}
