using Sweeper.Training.Running;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Running;

/// <summary>Draws of mixup and cutmix.</summary>
public sealed class BatchMixTests
{
    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(4)]
    public void Of_ManySteps_IsDistributedAsBetaSays(double alpha)
    {
        double[] shares = [.. Enumerable.Range(0, 20_000).Select(step => BatchMix.Of(new TargetOptions(Mixup: alpha), 7, step).Share)];

        double mean = shares.Average();
        Assert.All(shares, share => Assert.InRange(share, 0, 1));
        Assert.Equal(0.5, mean, 0.015);
        Assert.Equal(1 / (4 * ((2 * alpha) + 1)), shares.Average(share => (share - mean) * (share - mean)), 0.005); // variance of Beta(a, a)
    }

    [Fact]
    public void Of_TheSameStep_IsTheSameAndAnotherIsAnother()
    {
        var options = new TargetOptions(Mixup: 0.4, Cutmix: 1);

        Assert.Equal(BatchMix.Of(options, 7, 3), BatchMix.Of(options, 7, 3));
        Assert.NotEqual(BatchMix.Of(options, 7, 3), BatchMix.Of(options, 7, 4));
        Assert.NotEqual(BatchMix.Of(options, 7, 3), BatchMix.Of(options, 8, 3));
        Assert.Equal(0.5, Enumerable.Range(0, 4000).Average(step => BatchMix.Of(options, 7, step).Pastes ? 1.0 : 0), 0.03);
    }

    [Theory]
    [InlineData(0.75, 0.5, 0.5, 2, 2, 4, 4)] // a half of each side, in the middle
    [InlineData(0.75, 0, 1, 0, 6, 2, 2)] // cut off at a corner
    [InlineData(1, 0.3, 0.3, 2, 2, 0, 0)]
    [InlineData(0, 0.5, 0.5, 0, 0, 8, 8)]
    public void Rectangle_OfAShare_HasItsSidesWithinTheImage(double share, double row, double column, int top, int left, int height, int width) =>
        Assert.Equal((top, left, height, width), new BatchMix(true, share, row, column).Rectangle(8, 8));
}
