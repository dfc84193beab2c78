using Sweeper.Contracts.Specs;
using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

public sealed class SchedulePeakTests
{
    [Theory]
    [InlineData(ScheduleType.Fastai, 0.25)]
    [InlineData(ScheduleType.PyTorch, 0.3)]
    [InlineData(ScheduleType.Smith, 0.45)]
    [InlineData(ScheduleType.Triangular, 0.5)]
    [InlineData(ScheduleType.Constant, 0)]
    public void Peak_OfDefaults_IsTheLastOne(ScheduleType type, double peak) =>
        Assert.Equal(peak, SchedulePeak.Of(ScheduleDefaults.Of(type)));

    [Fact]
    public void Peak_OfTwoTriangles_IsTheSecond() =>
        Assert.Equal(0.75, SchedulePeak.Of(ScheduleDefaults.Of(ScheduleType.Triangular) with { Cycles = 2 }));
}
