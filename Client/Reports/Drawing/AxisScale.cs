using System.Collections.Immutable;

namespace Sweeper.Client.Reports.Drawing;

/// <summary>Where the values of a hyperparameter stand on an axis.</summary>
/// <param name="Low">Least value; where the axis is logarithmic and has a zero, the place of that zero.</param>
/// <param name="High">Greatest value.</param>
/// <param name="Log">Whether the axis is even in the logarithm.</param>
/// <param name="HasZero">Whether the least value of a logarithmic axis is zero.</param>
internal sealed record AxisScale(double Low, double High, bool Log, bool HasZero = false)
{
    // Beyond this ratio of the greatest to the least value, a straight axis crowds the small ones.
    private const double LogFromRatio = 10;

    /// <summary>An axis that holds all values; a zero among values that need a logarithm stands one decade below the least of them.</summary>
    /// <param name="values">At least one; none below 0.</param>
    public static AxisScale Of(IReadOnlyCollection<double> values)
    {
        (double low, double high) = (values.Min(), values.Max());
        double least = values.Where(value => value > 0).DefaultIfEmpty(high).Min();
        bool log = least > 0 && high / least >= LogFromRatio;
        return log && low == 0 ? new AxisScale(least / 10, high, Log: true, HasZero: true) : new AxisScale(low, high, log);
    }

    /// <summary>Place of a value, 0 at the least and 1 at the greatest; one half where both are the same.</summary>
    public double PlaceOf(double value)
    {
        double length = At(High) - At(Low);
        return length > 0 ? (At(value) - At(Low)) / length : 0.5;
    }

    /// <summary>Even places for marks, both ends included.</summary>
    /// <param name="count">At least 2.</param>
    public ImmutableArray<double> Ticks(int count) => High > Low
        ? [.. Enumerable.Range(0, count).Select(i => i == 0 && HasZero ? 0 : ValueAt(i / (count - 1.0)))]
        : [Low];

    private double ValueAt(double place)
    {
        double at = double.Lerp(At(Low), At(High), place);
        return Log ? Math.Pow(10, at) : at;
    }

    private double At(double value) => Log ? Math.Log10(Math.Max(value, Low)) : value;
}
