using Sweeper.Training.Schedules;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Schedules;

public sealed class FastaiOneCycleTests
{
    [Theory]
    [InlineData(0, .04, .95)]
    [InlineData(1, .0400379, .949996)]
    [InlineData(75, .237863, .929389)]
    [InlineData(150, .668328, .884549)]
    [InlineData(250, 1, .85)]
    [InlineData(299, .989505, .85105)]
    [InlineData(500, .750003, .875)]
    [InlineData(650, .447741, .905226)]
    [InlineData(800, .165443, .933457)]
    [InlineData(900, .0432368, .945677)]
    [InlineData(950, .0109361, .948907)]
    [InlineData(998, 2.75457e-5, .949998)]
    [InlineData(999, 1.43864e-5, .95)]
    public void Defaults_ThousandSteps_EqualTable(int step, double rate, double momentum)
    {
        SchedulePoint point = new FastaiOneCycle(1, 1000).At(step);

        ScheduleTable.EqualToSixDigits(rate, point.LearningRate);
        ScheduleTable.EqualToSixDigits(momentum, point.Momentum);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(9_999)]
    [InlineData(100_000)]
    public void AnyLength_EqualFormula(int total)
    {
        FastaiOneCycle schedule = new(3, total);
        for (int step = 0; step < total; step += 1 + (total / 1000))
        {
            double p = (double)step / total;
            double expected = p < 0.25 ? Cosine(3 / 25.0, 3, p / 0.25) : Cosine(3, 3e-5, (p - 0.25) / 0.75);
            double momentum = p < 0.25 ? Cosine(.95, .85, p / 0.25) : Cosine(.85, .95, (p - 0.25) / 0.75);

            Assert.Equal(expected, schedule.At(step).LearningRate, ScheduleTable.Exact);
            Assert.Equal(momentum, schedule.At(step).Momentum, ScheduleTable.Exact);
        }

        static double Cosine(double a, double b, double p) => b + ((a - b) * (1 + Math.Cos(Math.PI * p)) / 2);
    }

    [Fact]
    public void OneStep_IsTakenAtTheFirstRate()
    {
        SchedulePoint point = new FastaiOneCycle(1, 1).At(0);

        Assert.Equal(0.04, point.LearningRate, ScheduleTable.Exact);
        Assert.Equal(0.95, point.Momentum, ScheduleTable.Exact);
    }
}
