using Sweeper.Training.Schedules;
using Xunit;

namespace Sweeper.Tests.Unit.Training.Schedules;

/// <summary>Compares schedules with tables.</summary>
internal static class ScheduleTable
{
    public const double Exact = 1e-9;

    public static double[] Rates(Schedule schedule) =>
        [.. Enumerable.Range(0, schedule.TotalSteps).Select(step => schedule.At(step).LearningRate)];

    public static double[] Momenta(Schedule schedule) =>
        [.. Enumerable.Range(0, schedule.TotalSteps).Select(step => schedule.At(step).Momentum)];

    public static void Equal(double[] expected, double[] actual, double tolerance = Exact)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"at {i}: expected {expected[i]:R}, got {actual[i]:R}");
        }
    }

    /// <summary>Compares with a table printed to six significant digits.</summary>
    public static void EqualToSixDigits(double expected, double actual) =>
        Assert.True(Math.Abs(expected - actual) <= 0.6e-5 * Math.Abs(expected), $"expected {expected:R}, got {actual:R}");
}
