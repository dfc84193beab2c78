using Sweeper.Client.Rendering;
using Sweeper.Contracts.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Client;

public sealed class TrainingPhaseTests
{
    [Theory]
    [InlineData(ScheduleType.Fastai, 0, "warm-up 0%")]
    [InlineData(ScheduleType.Fastai, 150, "warm-up 50%")]
    [InlineData(ScheduleType.Fastai, 300, "peak")]
    [InlineData(ScheduleType.Fastai, 650, "anneal 50%")]
    [InlineData(ScheduleType.Fastai, 1000, "anneal 100%")]
    [InlineData(ScheduleType.Smith, 225, "warm-up 50%")]
    [InlineData(ScheduleType.Smith, 450, "peak")]
    [InlineData(ScheduleType.Smith, 675, "anneal 50%")]
    [InlineData(ScheduleType.Smith, 950, "tail 50%")]
    [InlineData(ScheduleType.PyTorchThreePhase, 800, "tail 50%")]
    [InlineData(ScheduleType.Constant, 500, "constant")]
    [InlineData(ScheduleType.Step, 499, "stage 1/3")]
    [InlineData(ScheduleType.Step, 750, "stage 3/3")]
    public void Of_Step_NamesThePhase(ScheduleType type, int step, string phase)
    {
        ScheduleSpec schedule = SampleSweep.Spec.Training.Schedule with { Type = type, Milestones = [0.5, 0.75] };

        Assert.Equal(phase, TrainingPhase.Of(schedule, step, 1000));
    }

    [Fact]
    public void Of_SecondTriangle_StartsAgain()
    {
        ScheduleSpec schedule = SampleSweep.Spec.Training.Schedule with { Type = ScheduleType.Triangular, PeakAt = 0.5, Cycles = 2 };

        Assert.Equal("warm-up 20%", TrainingPhase.Of(schedule, 550, 1000));
    }
}
