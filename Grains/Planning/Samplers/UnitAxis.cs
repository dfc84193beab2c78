using System.Diagnostics;

namespace Sweeper.Grains.Planning.Samplers;

/// <summary>
/// A dimension as the interval [0, 1]. Of a dimension with separate values each one owns a cell of the interval, and the
/// cells fill it: rounding then gives the end values their full share.
/// </summary>
internal static class UnitAxis
{
    /// <summary>Value at a coordinate.</summary>
    /// <param name="dimension">Dimension.</param>
    /// <param name="unit">Coordinate; outside [0, 1] it counts as the nearer end, and NaN as the middle.</param>
    public static double ValueAt(Dimension dimension, double unit)
    {
        double position = double.IsNaN(unit) ? 0.5 : Math.Clamp(unit, 0, 1);
        return dimension switch
        {
            Dimension.Real real => Math.Clamp(Between(real.Min, real.Max, real.Log, position), real.Min, real.Max),
            Dimension.Integer whole => Math.Clamp(
                Math.Round(Between(whole.Min - 0.5, whole.Max + 0.5, whole.Log, position)), whole.Min, whole.Max),
            Dimension.Stepped stepped => stepped.Values[CellAt(position, stepped.Values.Length)],
            Dimension.Choice choice => CellAt(position, choice.Options.Length),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>Coordinate of a value: the middle of its cell where values are separate.</summary>
    /// <param name="dimension">Dimension.</param>
    /// <param name="value">Value; of a choice the index of an option.</param>
    /// <returns>In [0, 1].</returns>
    public static double UnitOf(Dimension dimension, double value)
    {
        if (dimension is Dimension.Real real)
        {
            return real.Max > real.Min ? Position(real.Min, real.Max, real.Log, value) : 0.5;
        }

        (double low, double high) = CellOf(dimension, value);
        return (low + high) / 2;
    }

    /// <summary>Coordinates that give the same value. Of a real number the two are equal.</summary>
    /// <param name="dimension">Dimension.</param>
    /// <param name="value">Value; of a choice the index of an option.</param>
    public static (double Low, double High) CellOf(Dimension dimension, double value) => dimension switch
    {
        Dimension.Integer whole => (
            Position(whole.Min - 0.5, whole.Max + 0.5, whole.Log, value - 0.5),
            Position(whole.Min - 0.5, whole.Max + 0.5, whole.Log, value + 0.5)),
        Dimension.Stepped stepped => Cell(Math.Max(0, stepped.Values.IndexOf(value)), stepped.Values.Length),
        Dimension.Choice choice => Cell((int)value, choice.Options.Length),
        _ => (UnitOf(dimension, value), UnitOf(dimension, value)),
    };

    private static double Between(double low, double high, bool log, double position) =>
        log && position < 1 ? low * Math.Pow(high / low, position) : double.Lerp(low, high, position); // the power may miss the end

    private static double Position(double low, double high, bool log, double value) => Math.Clamp(
        log ? Math.Log(value / low) / Math.Log(high / low) : (value - low) / (high - low), 0, 1);

    private static int CellAt(double position, int count) => Math.Min(count - 1, (int)(position * count));

    private static (double Low, double High) Cell(int index, int count) => ((double)index / count, (index + 1.0) / count);
}
