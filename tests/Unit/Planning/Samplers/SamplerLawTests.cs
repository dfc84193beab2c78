using CsCheck;
using Sweeper.Grains.Planning.Samplers;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Samplers;

/// <summary>What holds for every sampler.</summary>
public sealed class SamplerLawTests
{
    [Fact]
    public void Suggest_AnyHistory_GivesAPointOfTheSpace() =>
        Gen.Select(Gen.OneOfConst(Spaces.Kinds.ToArray()), Gen.ULong, Spaces.Ends.Array[0, 30]).Sample(
            (kind, seed, ends) =>
            {
                Point point = SamplerCatalog.Of(kind).Suggest(Spaces.Everything, seed, Spaces.History(ends));
                Assert.True(Spaces.Holds(Spaces.Everything, point), $"{kind}: {string.Join(' ', point.Values)}");
            },
            iter: 150);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Suggest_SameArguments_GivesSamePoint(string kind)
    {
        List<Observation> history = Spaces.History([3, 1, null, 2, double.NaN, 5, 4, 3, 2, 1, 7, 8, 9]);

        Assert.Equal(Suggest(kind, history, 11), Suggest(kind, [.. history], 11));
    }

    [Theory]
    [MemberData(nameof(SeededKinds))]
    public void Suggest_OtherSeed_GivesOtherPoint(string kind)
    {
        List<Observation> history = Spaces.History([3, 1, null, 2, double.NaN, 5, 4, 3, 2, 1, 7, 8, 9]);

        Assert.NotEqual(Suggest(kind, history, 11), Suggest(kind, history, 12));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Suggest_NothingFinishes_NeverRepeatsAPendingPoint(string kind)
    {
        List<Observation> history = [];
        for (int trial = 0; trial < 40; trial++)
        {
            Point point = Suggest(kind, history, 5);
            Assert.DoesNotContain(point, history.Select(observation => observation.Point));
            history.Add(new Observation(point, null, Failed: false));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Suggest_PendingAfterResults_AreAllDifferent(string kind)
    {
        List<Observation> history = SearchRun.Of(RandomSampler.Instance, TestFunction.Mixed, 3, 20);
        for (int trial = 0; trial < 10; trial++)
        {
            Point point = SamplerCatalog.Of(Enum.Parse<SamplerKind>(kind)).Suggest(TestFunction.Mixed.Space, 3, history);
            Assert.DoesNotContain(point, history.Select(observation => observation.Point));
            history.Add(new Observation(point, null, Failed: false));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Suggest_FiniteSpace_TriesEveryPointBeforeRepeating(string kind)
    {
        var space = new SampleSpace([new Dimension.Integer("depth", 1, 4), new Dimension.Choice("kind", ["a", "b", "c"])]);
        List<Observation> history = [];
        for (int trial = 0; trial < 14; trial++)
        {
            Point point = SamplerCatalog.Of(Enum.Parse<SamplerKind>(kind)).Suggest(space, 9, history);
            history.Add(new Observation(point, point[0] + point[1], Failed: false));
        }

        Assert.Equal(12, history.Take(12).Select(observation => observation.Point).Distinct().Count());
        Assert.All(history, observation => Assert.True(Spaces.Holds(space, observation.Point)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(0.0)]
    [InlineData(1e300)]
    public void Suggest_EveryTrialEndsAlike_StillSearches(double end)
    {
        foreach (SamplerKind kind in Spaces.Kinds)
        {
            List<Observation> history = Spaces.History(Enumerable.Repeat((double?)end, 25));

            Assert.True(Spaces.Holds(Spaces.Everything, SamplerCatalog.Of(kind).Suggest(Spaces.Everything, 1, history)));
        }
    }

    public static TheoryData<string> Kinds => [.. Spaces.Kinds.Select(kind => kind.ToString())];

    public static TheoryData<string> SeededKinds =>
        [.. Spaces.Kinds.Where(kind => kind != SamplerKind.Grid).Select(kind => kind.ToString())];

    private static Point Suggest(string kind, List<Observation> history, ulong seed) =>
        SamplerCatalog.Of(Enum.Parse<SamplerKind>(kind)).Suggest(Spaces.Everything, seed, history);
}
