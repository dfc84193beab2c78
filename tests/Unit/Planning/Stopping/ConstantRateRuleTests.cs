using System.Collections.Immutable;
using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

/// <summary>The rules for trials at a constant rate, by hand-worked examples of their papers' definitions.</summary>
public sealed class ConstantRateRuleTests
{
    // Means up to half: 0.2, 0.3, 0.4, 0.5, 0.6; their median is 0.4.
    private static readonly ImmutableArray<CycleCurve> Completed =
        [.. Enumerable.Range(2, 5).Select(n => new CycleCurve(n, [new(0.25, (n - 1) / 10.0), new(0.5, (n + 1) / 10.0), new(1, 0.9)]))];

    [Theory]
    [InlineData(0.39, true)]
    [InlineData(0.40, false)]
    public void Median_BestReadingAgainstMeansOfOthers_StopsBelowTheMedian(double best, bool stops) =>
        Assert.Equal(stops, new MedianRule().Against([new(0.25, best), new(0.5, 0.1)], Completed) is not null);

    [Fact]
    public void Median_FourCompleted_StopsNobody() => Assert.Null(new MedianRule().Against([new(0.5, 0)], Completed[1..]));

    [Fact]
    public void Median_BeforeItsFirstFraction_StopsNobody() => Assert.Null(new MedianRule(From: 0.6).Against([new(0.5, 0)], Completed));

    [Fact]
    public void AshaRungs_OfANinth_AreANinthAndAThird() => Assert.Equal([1.0 / 9, 1.0 / 3], new Asha().Rungs);

    [Theory]
    [InlineData(new double[0], false)]
    [InlineData(new[] { 0.9 }, false)] // fewer than eta
    [InlineData(new[] { 0.9, 0.1 }, true)] // second of three
    [InlineData(new[] { 0.4, 0.1 }, false)] // first of three
    [InlineData(new[] { 0.5, 0.1 }, false)] // level with the first
    [InlineData(new[] { 0.9, 0.1, 0.1, 0.1, 0.1 }, false)] // second of six: two seats
    public void Asha_AtARung_KeepsTheBestThird(double[] others, bool stops) =>
        Assert.Equal(stops, new Asha().Against(1.0 / 9, 0.5, others) is not null);

    [Fact]
    public void HyperbandBrackets_OfANinth_AreThePapers()
    {
        ImmutableArray<HyperbandBracket> brackets = new Hyperband().Brackets;

        Assert.Equal([(2, 9), (1, 5), (0, 3)], brackets.Select(bracket => (bracket.Halvings, bracket.Trials)));
        Assert.Equal([2, 1, 0], brackets.Select(bracket => bracket.Rule.Rungs.Length));
    }

    [Fact]
    public void HyperbandBrackets_OfThePapersExample_StartWithEightyOneTrials() => // R = 81, eta = 3: table 1
        Assert.Equal([81, 34, 15, 8, 5], new Hyperband(ShortestFraction: 1.0 / 81).Brackets.Select(bracket => bracket.Trials));

    [Fact]
    public void HyperbandBracketOf_OnePass_DealsEachItsShare() =>
        Assert.Equal(
            [(0, 3), (1, 5), (2, 9)],
            Enumerable.Range(18, 17).GroupBy(trial => new Hyperband().BracketOf(trial).Halvings).OrderBy(dealt => dealt.Key).Select(dealt => (dealt.Key, dealt.Count())));
}
