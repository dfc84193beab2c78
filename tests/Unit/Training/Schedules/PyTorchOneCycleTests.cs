using Sweeper.Training.Schedules;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Schedules;

public sealed class PyTorchOneCycleTests
{
    [Fact]
    public void TwoPhases_PyTorchsOwnTestVector_Equal()
    {
        // test/optim/test_lrscheduler.py, test_onecycle_lr_linear_annealing; its momenta 1 to 22 divided by 100.
        PyTorchOneCycle schedule = new(25, 10, 25, 2, 0.3, OneCyclePhases.Two, AnnealShape.Linear, 0.22, 0.01);

        ScheduleTable.Equal([1, 13, 25, 21.5, 18, 14.5, 11, 7.5, 4, 0.5], ScheduleTable.Rates(schedule));
        ScheduleTable.Equal([.22, .115, .01, .04, .07, .10, .13, .16, .19, .22], ScheduleTable.Momenta(schedule));
    }

    [Fact]
    public void ThreePhases_PyTorchsOwnTestVector_Equal()
    {
        PyTorchOneCycle schedule = new(25, 10, 25, 4, 0.4, OneCyclePhases.Three, AnnealShape.Linear, 0.22, 0.01);

        ScheduleTable.Equal([1, 9, 17, 25, 17, 9, 1, .75, .5, .25], ScheduleTable.Rates(schedule));
        ScheduleTable.Equal([.22, .15, .08, .01, .08, .15, .22, .22, .22, .22], ScheduleTable.Momenta(schedule));
    }

    [Theory]
    [InlineData(0, .04, .95)]
    [InlineData(1, .0400265, .949997)]
    [InlineData(75, .181481, .935262)]
    [InlineData(150, .522522, .899737)]
    [InlineData(299, 1, .85)]
    [InlineData(500, .809988, .869001)]
    [InlineData(650, .497758, .900224)]
    [InlineData(800, .186507, .93135)]
    [InlineData(900, .0485503, .945145)]
    [InlineData(950, .0120456, .948796)]
    [InlineData(998, 9.03548e-6, .949999)]
    [InlineData(999, 4e-6, .95)]
    public void Defaults_ThousandSteps_EqualTable(int step, double rate, double momentum)
    {
        SchedulePoint point = new PyTorchOneCycle(1, 1000).At(step);

        ScheduleTable.EqualToSixDigits(rate, point.LearningRate);
        ScheduleTable.EqualToSixDigits(momentum, point.Momentum);
    }

    [Theory]
    [InlineData(0, .04, .95)]
    [InlineData(1, .0421381, .949777)]
    [InlineData(449, 1, .85)]
    [InlineData(675, .516793, .900334)]
    [InlineData(898, .04, .95)]
    [InlineData(900, .0392158, .95)]
    [InlineData(950, .0196119, .95)]
    [InlineData(999, .0004, .95)]
    public void ThreePhasesLinear_ThousandSteps_EqualTable(int step, double rate, double momentum)
    {
        SchedulePoint point = new PyTorchOneCycle(1, 1000, 25, 100, .45, OneCyclePhases.Three, AnnealShape.Linear).At(step);

        ScheduleTable.EqualToSixDigits(rate, point.LearningRate);
        ScheduleTable.EqualToSixDigits(momentum, point.Momentum);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(9_999)]
    [InlineData(100_000)]
    public void Cosine_AnyLength_EqualFormula(int total)
    {
        PyTorchOneCycle schedule = new(0.8, total);
        double peak = (0.3 * total) - 1;
        for (int step = 0; step < total; step += 1 + (total / 1000))
        {
            double expected = step <= peak
                ? 0.8 + ((0.032 - 0.8) * (1 + Math.Cos(Math.PI * step / peak)) / 2)
                : 3.2e-6 + ((0.8 - 3.2e-6) * (1 + Math.Cos(Math.PI * (step - peak) / (total - 1 - peak))) / 2);

            Assert.Equal(expected, schedule.At(step).LearningRate, ScheduleTable.Exact);
        }
    }

    [Theory]
    [InlineData(OneCyclePhases.Two, 1, new[] { 1.0 })]
    [InlineData(OneCyclePhases.Two, 2, new[] { 1.0, .05 })]
    [InlineData(OneCyclePhases.Two, 3, new[] { 1.0, .525, .05 })]
    [InlineData(OneCyclePhases.Three, 1, new[] { 1.0 })]
    [InlineData(OneCyclePhases.Three, 2, new[] { 1.0, .05 })]
    public void ShortRun_WayUpHasNoLength_StartsAtPeak(OneCyclePhases phases, int total, double[] rates)
    {
        PyTorchOneCycle schedule = new(1, total, 10, 2, 0.3, phases, AnnealShape.Linear);

        ScheduleTable.Equal(rates, ScheduleTable.Rates(schedule));
    }

    [Fact]
    public void ThreePhases_PeakPastTheMiddle_IsRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(
            () => new PyTorchOneCycle(1, 100, peakAt: 0.6, phases: OneCyclePhases.Three));

        Assert.Equal("peakAt is 0.6; it must be greater than 0 and at most 0.5 (Parameter 'peakAt')", error.Message);
    }
}
