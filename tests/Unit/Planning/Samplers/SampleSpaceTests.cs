using Sweeper.Grains.Planning.Samplers;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Samplers;

public sealed class SampleSpaceTests
{
    [Fact]
    public void PointAt_ConditionNotMet_LeavesDimensionAndWhatHangsOnItInactive()
    {
        Point point = Spaces.Everything.PointAt([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.9, 0.9]);

        Assert.Equal(1, point[5]);
        Assert.False(point.IsActive(6));
        Assert.False(point.IsActive(7));
    }

    [Fact]
    public void PointAt_ConditionsMet_GivesEveryDimensionAValue()
    {
        Point point = Spaces.Everything.PointAt([0.5, 0.5, 0.5, 0.5, 0.5, 0, 0.9, 0.9]);

        Assert.All(point.Values, value => Assert.False(double.IsNaN(value)));
    }

    [Fact]
    public void Points_SameValuesWithInactiveOnes_AreEqual()
    {
        Point one = Spaces.Everything.PointAt([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.9, 0.9]);
        Point other = Spaces.Everything.PointAt([0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1]);

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void Space_ConditionOnALaterDimension_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new SampleSpace(
        [
            new Dimension.Real("momentum", 0, 1) { When = [new Condition.Among("kind", [0])] },
            new Dimension.Choice("kind", ["a", "b"]),
        ]));

        Assert.Contains("momentum", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Between_Steps_ReachesTheEnd() =>
        Assert.Equal([0, 0.1, 0.2, 0.3], Dimension.Stepped.Between("x", 0, 0.3, 0.1).Values.Select(value => Math.Round(value, 12)));

    [Fact]
    public void Grid_ConditionalSpace_ListsEachPointOnce()
    {
        var space = new SampleSpace(
        [
            new Dimension.Choice("kind", ["a", "b"]),
            new Dimension.Stepped("momentum", [0.5, 0.9]) { When = [new Condition.Among("kind", [1])] },
        ]);
        List<Observation> history = [];
        for (int trial = 0; trial < 4; trial++)
        {
            history.Add(new Observation(GridSampler.Instance.Suggest(space, 0, history), null, Failed: false));
        }

        Assert.Equal([0, double.NaN, 1, 0.5, 1, 0.9, 0, double.NaN], history.SelectMany(observation => observation.Point.Values));
    }
}
