using Sweeper.Grains.Analysis.Statistics;
using Xunit;

namespace Sweeper.Tests.Unit.Analysis.Statistics;

public sealed class BootstrapTests
{
    /// <summary>Spatial test A of 26 children: Efron and Tibshirani, An Introduction to the Bootstrap (1993), table 14.1.</summary>
    private static readonly double[] Spatial =
        [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41];

    [Fact]
    public void Bca_SpatialTestVariance_GivesTheBooksInterval()
    {
        // Table 14.2: 90% BCa interval (115.8, 259.6); SciPy 1.10.1 with 200,000 resamples: (115.4, 260.3).
        Interval interval = Bootstrap.Bca(Spatial, values => Sample.Variance(values) * (values.Length - 1) / values.Length, 0.9, seed: 1, resamples: 20_000);

        Assert.InRange(interval.Lower, 112, 119);
        Assert.InRange(interval.Upper, 255, 265);
    }

    [Fact]
    public void Bca_OneValue_IsAPoint() => Assert.Equal(new Interval(3, 3), Bootstrap.Bca([3], values => values.Average(), 0.95, seed: 1));

    [Fact]
    public void Bca_SameSeed_GivesSameInterval() =>
        Assert.Equal(Bootstrap.Bca(Spatial, values => values.Average(), 0.95, 5), Bootstrap.Bca(Spatial, values => values.Average(), 0.95, 5));

    [Fact]
    public void RatioInterval_TwoSamples_GivesNumPysPercentiles()
    {
        // NumPy 1.24.2, 200,000 resamples: (1.667, 2.433).
        Interval interval = RatioInterval.Of([10, 12, 9, 11, 13, 10], [5, 6, 4, 5, 7], 0.95, seed: 3, resamples: 20_000);

        Assert.Equal(1.667, interval.Lower, 0.02);
        Assert.Equal(2.433, interval.Upper, 0.02);
    }

    [Fact]
    public void Quantile_FourValues_GivesNumPysDefault() // numpy.quantile([1, 3, 4, 10], [.1, .5, .9])
    {
        Assert.Equal(1.6, Sample.Quantile([1, 3, 4, 10], 0.1), 1e-12);
        Assert.Equal(3.5, Sample.Quantile([1, 3, 4, 10], 0.5), 1e-12);
        Assert.Equal(8.2, Sample.Quantile([1, 3, 4, 10], 0.9), 1e-12);
    }
}
