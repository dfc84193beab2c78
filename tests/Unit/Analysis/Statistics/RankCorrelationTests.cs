using CsCheck;
using Sweeper.Grains.Analysis.Statistics;
using Sweeper.Grains.Planning;
using Xunit;

namespace Sweeper.Tests.Unit.Analysis.Statistics;

public sealed class RankCorrelationTests
{
    [Fact]
    public void Of_TextbookPairs_GivesSciPysValue() => // spearmanr, SciPy 1.10.1
        Assert.Equal(-0.17575757575757575, RankCorrelation.Of([106, 100, 86, 101, 99, 103, 97, 113, 112, 110], [7, 27, 2, 50, 28, 29, 20, 12, 6, 17])!.Value, 1e-12);

    [Fact]
    public void Of_Ties_GivesSciPysValue() =>
        Assert.Equal(0.8706358081229184, RankCorrelation.Of([1, 2, 2, 3, 5, 5, 5, 8], [2, 1, 4, 4, 6, 5, 9, 7])!.Value, 1e-12);

    [Fact]
    public void Of_TooLittle_IsUnknown()
    {
        Assert.Null(RankCorrelation.Of([1, 2], [1, 2]));
        Assert.Null(RankCorrelation.Of([1, 1, 1], [1, 2, 3]));
        Assert.Null(RankCorrelation.LowerBound([1, 1, 1], [1, 2, 3], 0.95, 1));
    }

    [Fact]
    public void Of_UnequalSides_IsRefused() => Assert.Throws<ArgumentException>(() => RankCorrelation.Of([1, 2, 3], [1, 2]));

    [Fact]
    public void LowerBound_ClearAndNoRelation_TellsThemApart()
    {
        var random = new SplitMix(4);
        double[] xs = [.. Enumerable.Range(0, 30).Select(index => (double)index)];
        double[] near = new double[30];
        double[] unrelated = new double[30];
        for (int index = 0; index < 30; index++)
        {
            near[index] = index + (5 * random.NextDouble());
            unrelated[index] = random.NextDouble();
        }

        Assert.True(RankCorrelation.LowerBound(xs, near, 0.95, 1) > 0.9);
        Assert.True(RankCorrelation.LowerBound(xs, unrelated, 0.95, 1) < 0.3);
    }

    [Fact]
    public void LowerBound_AnyPairs_IsAtMostTheCorrelation() => Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5]).Array[3, 10].Sample(pairs =>
    {
        double[] xs = [.. pairs.Select(pair => (double)pair.Item1)];
        double[] ys = [.. pairs.Select(pair => (double)pair.Item2)];
        if (RankCorrelation.Of(xs, ys) is { } correlation)
        {
            Assert.InRange(RankCorrelation.LowerBound(xs, ys, 0.9, 1)!.Value, -1, correlation);
        }
    }, iter: 30);
}
