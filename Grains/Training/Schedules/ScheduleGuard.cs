using System.Globalization;
using System.Runtime.CompilerServices;

namespace Sweeper.Training.Schedules;

/// <summary>Checks of what schedules are made of; each message names the parameter, the value seen and what is allowed.</summary>
internal static class ScheduleGuard
{
    /// <summary>At least one step.</summary>
    public static void TotalSteps(int value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(value >= 1, value, "a whole number of at least 1", name);

    /// <summary>Finite and above zero.</summary>
    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(double.IsFinite(value) && value > 0, value, "a finite number greater than 0", name);

    /// <summary>Finite and at least zero.</summary>
    public static void NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(double.IsFinite(value) && value >= 0, value, "a finite number of at least 0", name);

    /// <summary>Finite and at least one, for what a rate is divided by.</summary>
    public static void Divisor(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(double.IsFinite(value) && value >= 1, value, "a finite number of at least 1", name);

    /// <summary>Strictly between <paramref name="low"/> and <paramref name="high"/>.</summary>
    public static void Between(double value, double low, double high, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(value > low && value < high, value, Text($"greater than {low} and less than {high}"), name);

    /// <summary>Above <paramref name="low"/>, at most <paramref name="high"/>.</summary>
    public static void AboveUpTo(double value, double low, double high, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(value > low && value <= high, value, Text($"greater than {low} and at most {high}"), name);

    /// <summary>A momentum in [0, 1).</summary>
    public static void Momentum(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(value >= 0 && value < 1, value, "at least 0 and less than 1", name);

    /// <summary>Two momenta in [0, 1), the low one not above the high one.</summary>
    public static void MomentumRange(double momentumHigh, double momentumLow)
    {
        Momentum(momentumHigh);
        Require(momentumLow >= 0 && momentumLow <= momentumHigh, momentumLow, Text($"at least 0 and at most momentumHigh, {momentumHigh}"), nameof(momentumLow));
    }

    /// <summary>A rate at least as large as another.</summary>
    public static void AtLeast(double value, double least, string leastName, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(double.IsFinite(value) && value >= least, value, Text($"a finite number of at least {leastName}, {least}"), name);

    /// <summary>A rate larger than another.</summary>
    public static void Above(double value, double bound, string boundName, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(double.IsFinite(value) && value > bound, value, Text($"a finite number greater than {boundName}, {bound}"), name);

    /// <summary>A value of an enumeration.</summary>
    public static void Defined<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentException($"{name} is {value}; it must be one of {string.Join(", ", Enum.GetNames<T>())}", name);
        }
    }

    private static void Require(bool holds, double value, string allowed, string name)
    {
        if (!holds)
        {
            throw new ArgumentException(Text($"{name} is {value}; it must be {allowed}"), name);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
