using Sweeper.Grains.Planning;
using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

public sealed class JackknifePlusTests
{
    [Fact]
    public void Line_ThroughExactPoints_IsTheirs()
    {
        Line line = Line.Through([0, 1, 2], [1, 3, 5]);

        Assert.Equal(1, line.Level, 12);
        Assert.Equal(2, line.Slope, 12);
        Assert.Equal(7, line.At(3), 12);
    }

    [Fact]
    public void Line_AllAtOnePlace_IsLevelThroughTheMean() => Assert.Equal(new Line(2, 0), Line.Through([1, 1], [1, 3]));

    [Theory]
    [InlineData(18, false)]
    [InlineData(19, true)]
    public void LowerBound_AlphaOfATwentieth_NeedsNineteenPoints(int count, bool finite)
    {
        double[] xs = [.. Enumerable.Range(0, count).Select(i => (double)i)];

        Assert.Equal(finite, double.IsFinite(JackknifePlus.LowerBound(xs, xs, 3, 0.05)));
    }

    [Fact]
    public void LowerBound_NoNoise_IsTheLineItself()
    {
        double[] xs = [.. Enumerable.Range(0, 30).Select(i => (double)i)];

        Assert.Equal(21, JackknifePlus.LowerBound(xs, [.. xs.Select(x => (2 * x) + 1)], 10, 0.1), 9);
    }

    /// <summary>The promise of the method: of new points, about alpha lie below their bound, here under skewed noise.</summary>
    [Fact]
    public void LowerBound_SkewedNoise_IsMissedAboutAsOftenAsAlpha()
    {
        var random = new SplitMix(5);
        const int Rounds = 2_000;
        int missed = 0;
        for (int round = 0; round < Rounds; round++)
        {
            (double X, double Y)[] points = new (double, double)[31];
            for (int i = 0; i < points.Length; i++)
            {
                double x = random.NextDouble();
                points[i] = (x, x + Math.Log(1 - random.NextDouble()));
            }

            double bound = JackknifePlus.LowerBound(
                [.. points[1..].Select(point => point.X)], [.. points[1..].Select(point => point.Y)], points[0].X, 0.1);
            missed += points[0].Y < bound ? 1 : 0;
        }

        Assert.InRange(missed / (double)Rounds, 0.07, 0.13);
    }
}
