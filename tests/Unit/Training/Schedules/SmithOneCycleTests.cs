using Sweeper.Training.Schedules;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Schedules;

public sealed class SmithOneCycleTests
{
    [Fact]
    public void AsRun_SmallRun_EqualByHand()
    {
        // max 1, base 0.1, S = 4, T = 12: up by 0.225 a step, down by 0.25 a step towards 0, tail 0.0001.
        SmithOneCycle schedule = new(1, 10, 4, 12, 0.95, 0.85);

        ScheduleTable.Equal(
            [.1, .325, .55, .775, 1, .75, .5, .25, .0001, .0001, .0001, .0001], ScheduleTable.Rates(schedule));
        ScheduleTable.Equal(
            [.95, .925, .9, .875, .85, .875, .9, .925, .95, .95, .95, .95], ScheduleTable.Momenta(schedule));
    }

    [Fact]
    public void AsWritten_SmallRun_EqualByHand()
    {
        SmithOneCycle schedule = new(1, 10, 4, 12, 0.95, 0.85, 10, SmithForm.AsWritten);

        ScheduleTable.Equal([.1, .325, .55, .775, 1, .775, .55, .325, .1, .07, .04, .01], ScheduleTable.Rates(schedule));
    }

    [Theory]
    [InlineData(1000, 0.95)]
    [InlineData(9_277, 0.863)]
    [InlineData(100_000, 0.92)]
    public void AsRun_AnyLength_EqualFormula(int total, double fraction)
    {
        SmithOneCycle schedule = SmithOneCycle.FromCycleFraction(0.8, 10, fraction, total, 0.95, 0.8);
        double size = fraction * total / 2;
        for (int s = 0; s < total; s += 1 + (total / 1000))
        {
            double rate = s < size ? 0.08 + (0.72 * s / size) : s < 2 * size ? Math.Max(0.8 * (2 - (s / size)), 8e-5) : 8e-5;
            double momentum = s < size ? 0.95 - (0.15 * s / size) : s < 2 * size ? 0.8 + (0.15 * ((s / size) - 1)) : 0.95;

            Assert.Equal(rate, schedule.At(s).LearningRate, ScheduleTable.Exact);
            Assert.Equal(momentum, schedule.At(s).Momentum, ScheduleTable.Exact);
        }
    }

    [Fact]
    public void WholeRunIsCycle_HasNoTail()
    {
        SmithOneCycle schedule = SmithOneCycle.FromCycleFraction(1, 10, 1, 10, 0.9, 0.8);

        Assert.Equal(1, schedule.At(5).LearningRate, ScheduleTable.Exact);
        Assert.Equal(0.2, schedule.At(9).LearningRate, ScheduleTable.Exact);
    }

    [Fact]
    public void CycleLongerThanRun_IsRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new SmithOneCycle(1, 10, 51, 100, 0.9, 0.8));

        Assert.Equal("stepSize is 51; it must be greater than 0 and at most 50 (Parameter 'stepSize')", error.Message);
    }
}
