using System.Collections.Immutable;
using CsCheck;
using Sweeper.Grains.Planning.Samplers;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Samplers;

/// <summary>What a sampler is told of earlier searches.</summary>
public sealed class WarmHistoryTests
{
    private static readonly SampleSpace Line = new([new Dimension.Real("x", 0, 1)]);

    [Theory]
    [InlineData(nameof(SamplerKind.Tpe), "branin")]
    [InlineData(nameof(SamplerKind.Tpe), "hartmann6")]
    [InlineData(nameof(SamplerKind.GaussianProcess), "hartmann6")]
    [InlineData(nameof(SamplerKind.CmaEs), "hartmann6")]
    [InlineData(nameof(SamplerKind.Random), "hartmann6")]
    public void Search_AfterOneOverAFunctionAlike_IsNearerInTheMedianOfTwentySeeds(string kind, string function)
    {
        TestFunction goal = TestFunction.All.Single(one => one.Name == function);
        SamplerKind sampler = Enum.Parse<SamplerKind>(kind);

        double cold = WarmStartStudy.MedianRegret(sampler, goal, WarmStartStudy.Cold, 20);
        double warm = WarmStartStudy.MedianRegret(sampler, goal, WarmStartStudy.Shifted, 20);

        Assert.True(warm < 0.8 * cold, $"cold {cold}, warm {warm}");
    }

    [Theory]
    [InlineData(nameof(SamplerKind.Tpe), "branin")]
    [InlineData(nameof(SamplerKind.Tpe), "hartmann6")]
    [InlineData(nameof(SamplerKind.CmaEs), "hartmann6")]
    [InlineData(nameof(SamplerKind.Random), "hartmann6")]
    public void Search_AfterOneThatMisleads_IsNotRuined(string kind, string function)
    {
        TestFunction goal = TestFunction.All.Single(one => one.Name == function);
        SamplerKind sampler = Enum.Parse<SamplerKind>(kind);

        double cold = WarmStartStudy.MedianRegret(sampler, goal, WarmStartStudy.Cold, 20);
        double misled = WarmStartStudy.MedianRegret(sampler, goal, WarmStartStudy.Mirrored, 40);

        Assert.True(misled < 1.25 * cold, $"cold after 20 trials {cold}, misled after 40 {misled}");
    }

    [Fact]
    public void First_BestPointsCloseTogether_AreThoseThatDifferClearly()
    {
        var warm = new WarmHistory(Line, [At(0.9, 0), At(0.5, 3), At(0.52, 2.9), At(0.58, 2.8), At(0.62, 2.7), At(0.1, 2), At(0.3, 1)]);

        Assert.Equal([1, 4, 5], warm.First);
    }

    [Fact]
    public void Before_NothingOfItsOwn_TellsEverythingTheBestAsTheLeastLoss()
    {
        ImmutableArray<Observation> told = new WarmHistory(Line, [At(0.9, 0), At(0.5, 3)]).Before([]);

        Assert.Equal([new(new Point([0.5]), -3, Failed: false), new(new Point([0.9]), 0, Failed: false)], told);
    }

    [Fact]
    public void Before_OwnResultsAgree_EarlierOnesAreOnTheirScaleAndNoneIsBetterThanTheBest() => Gen.Select(Gen.Double[0.01, 100], Gen.Double[-10, 10], Gen.Int[1, 11]).Sample((unit, shift, results) =>
    {
        ImmutableArray<Prior> priors = [.. Enumerable.Range(0, 30).Select(place => At((place + 0.377) / 30, place / 10.0))];
        ImmutableArray<Observation> own = Own(results, place => shift - (unit * place));

        ImmutableArray<Observation> told = new WarmHistory(Line, priors).Before(own);

        double best = own.Min(observation => observation.Loss);
        Assert.Equal(own.Length % WarmHistory.ColdEvery == 2 ? 0 : (int)Math.Ceiling(30 * (1 - (results / 12.0))), told.Length - own.Length);
        Assert.Equal(own, told[^own.Length..]);
        Assert.All(told[..^own.Length], prior => Assert.True(prior.Loss >= best, $"{prior.Loss} below {best}"));
    });

    [Fact]
    public void Before_OwnResultsDisagree_TellsNoneOfTheOthers()
    {
        ImmutableArray<Prior> priors = [.. Enumerable.Range(0, 30).Select(place => At((place + 0.377) / 30, place / 10.0))];
        ImmutableArray<Observation> agreeing = Own(6, place => -place);
        ImmutableArray<Observation> opposed = Own(6, place => place);
        var warm = new WarmHistory(Line, priors);

        Assert.True(warm.Before(agreeing).Length > agreeing.Length);
        Assert.Equal(opposed, warm.Before(opposed));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(30)]
    public void Before_EnoughOfItsOwn_TellsNoneOfTheOthers(int results)
    {
        ImmutableArray<Observation> own = Own(results, place => -place);

        Assert.Equal(own, new WarmHistory(Line, [At(0.5, 1)]).Before(own));
    }

    [Fact]
    public void Before_APointOfItsOwn_IsNotToldTwice()
    {
        ImmutableArray<Observation> told = new WarmHistory(Line, [At(0.5, 1), At(0.7, 0)]).Before([new(new Point([0.5]), 3, Failed: false)]);

        Assert.Equal([new Point([0.7]), new Point([0.5])], told.Select(observation => observation.Point));
    }

    private static ImmutableArray<Observation> Own(int results, Func<double, double> loss) =>
    [
        .. Enumerable.Range(0, results).Select(index => (index + 1.0) / (results + 1)).Select(place => new Observation(new Point([place]), loss(place), Failed: false)),
    ];

    private static Prior At(double place, double standing) => new(new Point([place]), standing);
}
