using Sweeper.Training.Schedules;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Schedules;

public sealed class OtherScheduleTests
{
    [Theory]
    [InlineData(0, .1)]
    [InlineData(1000, .68)]
    [InlineData(2500, 1.55)]
    [InlineData(5000, 3.0)]
    [InlineData(7500, 1.55)]
    [InlineData(9900, .158)]
    [InlineData(10_000, .1)]
    [InlineData(15_000, 3.0)]
    public void Triangular_SuperConvergenceFigure1a_EqualsLog(int step, double rate)
    {
        TriangularSchedule schedule = new(0.1, 3, 5000, 15_001, 0.9, 0.9);

        Assert.Equal(rate, schedule.At(step).LearningRate, ScheduleTable.Exact);
        Assert.Equal(0.9, schedule.At(step).Momentum);
    }

    [Fact]
    public void Triangular_TwoCycles_MomentumMirrorsRate()
    {
        TriangularSchedule schedule = TriangularSchedule.OfCycles(0, 1, 2, 8, 0.9, 0.8);

        ScheduleTable.Equal([0, .5, 1, .5, 0, .5, 1, .5], ScheduleTable.Rates(schedule));
        ScheduleTable.Equal([.9, .85, .8, .85, .9, .85, .8, .85], ScheduleTable.Momenta(schedule));
    }

    [Fact]
    public void LinearRamp_FromZero_EqualsFormula()
    {
        LinearRamp schedule = new(0, 3, 100_000, 0.95, 0.85);
        for (int s = 0; s < 100_000; s += 97)
        {
            Assert.Equal(3.0 * s / 100_000, schedule.At(s).LearningRate, ScheduleTable.Exact);
            Assert.Equal(0.95 - (0.1 * s / 100_000), schedule.At(s).Momentum, ScheduleTable.Exact);
        }
    }

    [Fact]
    public void LinearRamp_NoMomentumEnd_KeepsMomentum()
    {
        Assert.All(ScheduleTable.Momenta(new LinearRamp(0.01, 0.2, 50, 0.9)), momentum => Assert.Equal(0.9, momentum));
    }

    [Fact]
    public void ExponentialRamp_FastaiDefaults_EqualsFormula()
    {
        ExponentialRamp schedule = new(ExponentialRamp.DefaultLowest, ExponentialRamp.DefaultHighest, ExponentialRamp.DefaultSteps, 0.9);
        for (int i = 0; i < 100; i++)
        {
            Assert.Equal(Math.Pow(10, -7 + (8 * i / 100.0)), schedule.At(i).LearningRate, ScheduleTable.Exact);
        }

        ScheduleTable.EqualToSixDigits(3.31131, schedule.At(94).LearningRate);
    }

    [Fact]
    public void Constant_EveryStep_IsTheSame()
    {
        ConstantSchedule schedule = new(0.01, 0.9, 5);

        Assert.All(Enumerable.Range(0, 5), step => Assert.Equal(new SchedulePoint(0.01, 0.9), schedule.At(step)));
    }

    [Fact]
    public void PiecewiseConstant_SuperConvergenceBaseline_DropsAtItsSteps()
    {
        PiecewiseConstantSchedule schedule = PiecewiseConstantSchedule.AtFractions(0.35, [0.625, 0.875], 0.1, 0.9, 80_000);

        Assert.Equal(0.35, schedule.At(49_999).LearningRate, ScheduleTable.Exact);
        Assert.Equal(0.035, schedule.At(50_000).LearningRate, ScheduleTable.Exact);
        Assert.Equal(0.035, schedule.At(69_999).LearningRate, ScheduleTable.Exact);
        Assert.Equal(0.0035, schedule.At(79_999).LearningRate, ScheduleTable.Exact);
    }

    [Fact]
    public void PiecewiseConstant_MilestonesMeetInShortRun_AllApply()
    {
        PiecewiseConstantSchedule schedule = PiecewiseConstantSchedule.AtFractions(1, [0.5, 0.6], 0.1, 0.9, 2);

        ScheduleTable.Equal([1, 0.01], ScheduleTable.Rates(schedule));
    }

    [Fact]
    public void PiecewiseConstant_MilestonesOutOfOrder_AreRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new PiecewiseConstantSchedule(1, [new Milestone(5, 0.1), new Milestone(4, 0.1)], 0.9, 10));

        Assert.StartsWith("milestones holds step 4 after step 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PiecewiseConstant_SameMilestones_AreEqualRecords()
    {
        PiecewiseConstantSchedule one = new(1, [new Milestone(5, 0.1)], 0.9, 10);
        PiecewiseConstantSchedule same = new(1, [new Milestone(5, 0.1)], 0.9, 10);
        PiecewiseConstantSchedule other = new(1, [new Milestone(5, 0.2)], 0.9, 10);

        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, other);
    }
}
