using Sweeper.Grains.Planning.Stopping;
using Xunit;

namespace Sweeper.Tests.Unit.Planning.Stopping;

public sealed class SafetyStopTests
{
    private const double Peak = 0.25;

    [Fact]
    public void AtChance_LongAfterThePeak_SaysWhy() => Assert.Equal(
        "all 2 readings since the peak of the learning rate at 25% of the run are at chance, the last one 10.50% at 60%; guessing has 10.00% and seldom more than 12.85%",
        Against((0.2, 0.3), (0.4, 0.1), (0.6, 0.105)));

    [Fact]
    public void AtChance_WithinTheGrace_IsForgiven() => Assert.Null(Against((0.2, 0.1), (0.4, 0.1), (0.55, 0.1)));

    [Fact]
    public void AtChance_RecoveredOnceSinceThePeak_IsForgiven() => Assert.Null(Against((0.4, 0.2), (0.6, 0.1), (0.8, 0.1)));

    [Fact]
    public void AtChance_OnlyBeforeThePeakAbove_IsNotForgiven() => Assert.NotNull(Against((0.1, 0.8), (0.6, 0.1)));

    [Fact]
    public void AtChance_NoReading_HasNothingAgainstIt() => Assert.Null(Against());

    [Fact]
    public void AtChance_ConstantRate_CountsFromTheStart() =>
        Assert.NotNull(new SafetyStop().AtChance([new(0.2, 0.1), new(0.4, 0.1)], peak: 0, classes: 10, images: 1000));

    private static string? Against(params (double Fraction, double Accuracy)[] readings) =>
        new SafetyStop().AtChance([.. readings.Select(reading => new CycleReading(reading.Fraction, reading.Accuracy))], Peak, 10, 1000);
}
