using Sweeper.Grains.Planning.Samplers;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Samplers;

/// <summary>What holds for the samplers that learn from results.</summary>
public sealed class LearningSamplerTests
{
    private static readonly SampleSpace Line = new([new Dimension.Real("x", 0, 1)]);

    [Theory]
    [InlineData(nameof(SamplerKind.Tpe))]
    [InlineData(nameof(SamplerKind.GaussianProcess))]
    [InlineData(nameof(SamplerKind.CmaEs))]
    public void Search_OfBranin_EndsFarNearerThanRandom(string kind)
    {
        double random = SearchRun.MedianRegret(RandomSampler.Instance, TestFunction.Branin, seeds: 5, trials: 50);
        double learnt = SearchRun.MedianRegret(Of(kind), TestFunction.Branin, seeds: 5, trials: 50);

        Assert.True(learnt < random / 2, $"random {random}, {kind} {learnt}");
    }

    [Theory]
    [InlineData(nameof(SamplerKind.Tpe))]
    [InlineData(nameof(SamplerKind.GaussianProcess))]
    [InlineData(nameof(SamplerKind.CmaEs))]
    public void Search_LeftHalfFails_KeepsToTheRight(string kind)
    {
        List<Observation> history = [];
        for (int trial = 0; trial < 40; trial++)
        {
            Point point = Of(kind).Suggest(Line, 2, history);
            bool failed = point[0] < 0.5;
            history.Add(new Observation(point, failed ? null : 1 - point[0], failed));
        }

        int late = history.Skip(20).Count(observation => observation.Failed);
        Assert.True(late <= 5, $"{late} of the last 20 trials failed");
    }

    [Theory]
    [InlineData(nameof(SamplerKind.Tpe))]
    [InlineData(nameof(SamplerKind.GaussianProcess))]
    [InlineData(nameof(SamplerKind.CmaEs))]
    public void Search_OneHugeValue_StillFindsTheMinimum(string kind)
    {
        List<Observation> history = [new(new Point([0.5]), 1e300, Failed: false)];
        for (int trial = 0; trial < 50; trial++)
        {
            Point point = Of(kind).Suggest(Line, 4, history);
            history.Add(new Observation(point, Math.Abs(point[0] - 0.3), Failed: false));
        }

        Assert.True(history.Min(observation => observation.Value) < 0.02);
    }

    private static ISampler Of(string kind) => SamplerCatalog.Of(Enum.Parse<SamplerKind>(kind));
}
