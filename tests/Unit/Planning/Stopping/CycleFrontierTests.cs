using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

public sealed class CycleFrontierTests
{
    private static readonly RungTable Empty = RungTable.Empty(new CycleHyperbandSettings { LongestEpochs = 9, Epsilon = 0.01 });

    [Fact]
    public void Of_NothingFinished_HasNoShortest() => Assert.Null(CycleFrontier.Of(Empty).Shortest);

    [Fact]
    public void Of_MiddleCycleWithinEpsilon_IsTheShortest()
    {
        CycleFrontier frontier = CycleFrontier.Of(Empty
            .Add(new(new(1, 0), 0.80)).Add(new(new(2, 0), 0.82)).Add(new(new(3, 0), null))
            .Add(new(new(2, 1), 0.895))
            .Add(new(new(2, 2), 0.90)));

        Assert.Equal([new(1, 3, 2, 0.82), new(3, 1, 2, 0.895), new(9, 1, 2, 0.90)], frontier.Points);
        Assert.Equal(3, frontier.Shortest!.Epochs);
    }

    [Fact]
    public void Of_OnlyDivergedAtALength_LeavesItOut() =>
        Assert.Equal(9, Assert.Single(CycleFrontier.Of(Empty.Add(new(new(1, 0), null)).Add(new(new(2, 2), 0.5))).Points).Epochs);
}
