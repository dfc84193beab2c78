using System.Globalization;
using Sweeper.Contracts.Specs;

namespace Sweeper.Client.Rendering;

/// <summary>Numbers as a person reads them: few digits, no unit that must be looked up.</summary>
internal static class HumanText
{
    /// <summary>Shown where there is no value.</summary>
    public const string None = "–";

    /// <summary>What a sweep trains: <c>small-cnn on mnist</c>.</summary>
    /// <param name="model">Name of its model.</param>
    /// <param name="data">Name of its data set.</param>
    public static string Subject(string model, string data) => model == KnownNames.External ? "external trainer" : $"{model} on {data}";

    /// <summary><c>0:07</c>, <c>12:34</c>, <c>1:02:03</c>, <c>2d 03h</c>.</summary>
    /// <param name="seconds">At least 0; null or NaN: none.</param>
    public static string Duration(double? seconds)
    {
        if (seconds is not { } value || !double.IsFinite(value))
        {
            return None;
        }

        long whole = (long)Math.Round(Math.Max(0, value));
        return whole switch
        {
            >= 86400 => Invariant($"{whole / 86400}d {whole % 86400 / 3600:00}h"),
            >= 3600 => Invariant($"{whole / 3600}:{whole % 3600 / 60:00}:{whole % 60:00}"),
            _ => Invariant($"{whole / 60}:{whole % 60:00}"),
        };
    }

    /// <summary>Learning rate, weight decay or another hyperparameter, as a spec would have it.</summary>
    /// <param name="value">Null or NaN: none.</param>
    /// <param name="digits">Significant digits; 2 or 3.</param>
    public static string Rate(double? value, int digits = 3)
    {
        if (value is not { } number || double.IsNaN(number))
        {
            return None;
        }

        double size = Math.Abs(number);
        if (size == 0 || (size >= 0.001 && size < 100_000))
        {
            return Significant(number, digits);
        }

        return number.ToString(digits == 2 ? "0.#e-0" : "0.##e-0", CultureInfo.InvariantCulture);
    }

    /// <summary>A number in units that are not known here: no exponent where it can be read without.</summary>
    /// <param name="value">Null or NaN: none.</param>
    /// <param name="digits">Significant digits.</param>
    public static string Number(double? value, int digits) =>
        value is { } number && (number == 0 || Math.Abs(number) is >= 0.001 and < 1e9) ? Significant(number, digits) : Rate(value, digits);

    /// <summary>Loss: four significant digits at most, <c>nan</c> where it is none.</summary>
    /// <param name="value">Null: none.</param>
    public static string Loss(double? value) => value switch
    {
        null => None,
        { } number when double.IsNaN(number) => "nan",
        { } number when Math.Abs(number) >= 100 => number.ToString("0.#e0", CultureInfo.InvariantCulture),
        { } number => number.ToString("0.000", CultureInfo.InvariantCulture),
    };

    /// <summary>Fraction as a percentage with two decimals.</summary>
    /// <param name="fraction">In [0, 1]; null: none.</param>
    public static string Percent(double? fraction) =>
        fraction is { } value && double.IsFinite(value) ? Invariant($"{100 * value:0.00}%") : None;

    /// <summary>Mean and sample standard deviation of a fraction, as percentages: <c>89.41% ±0.12</c>.</summary>
    /// <param name="mean">In [0, 1]; null: none.</param>
    /// <param name="deviation">Null: left out.</param>
    public static string PercentWithDeviation(double? mean, double? deviation) =>
        deviation is { } spread && mean is not null ? Invariant($"{Percent(mean)} ±{100 * spread:0.00}") : Percent(mean);

    /// <summary>Images per second, <c>1530</c> or <c>12.3k</c>.</summary>
    public static string Speed(double imagesPerSecond) => imagesPerSecond switch
    {
        <= 0 or double.NaN => None,
        >= 10_000 => Invariant($"{imagesPerSecond / 1000:0.0}k"),
        _ => Invariant($"{imagesPerSecond:0}"),
    };

    /// <summary>Bytes in powers of 1000.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        >= 1_000_000_000 => Invariant($"{bytes / 1e9:0.0} GB"),
        >= 1_000_000 => Invariant($"{bytes / 1e6:0.0} MB"),
        >= 1_000 => Invariant($"{bytes / 1e3:0} kB"),
        _ => Invariant($"{bytes} B"),
    };

    /// <summary>Memory in powers of 1024, <c>12.5 MiB</c>.</summary>
    public static string Memory(double bytes) => bytes switch
    {
        >= 1L << 30 => Invariant($"{bytes / (1L << 30):0.00} GiB"),
        >= 1L << 20 => Invariant($"{bytes / (1L << 20):0.0} MiB"),
        _ => Invariant($"{bytes / (1L << 20):0.000} MiB"),
    };

    /// <summary>Number with its noun: <c>1 trial</c>, <c>2 trials</c>.</summary>
    public static string Count(int number, string noun) => Invariant($"{number} {noun}{(number == 1 ? "" : "s")}");

    /// <summary>Local date and time to the minute.</summary>
    public static string Moment(DateTimeOffset utc, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(utc, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Local time of day.</summary>
    public static string TimeOfDay(DateTimeOffset utc, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(utc, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Significant(double value, int digits)
    {
        int decimals = value == 0 ? 0 : Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value))), 0, 12);
        return Math.Round(value, decimals).ToString("0.############", CultureInfo.InvariantCulture);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
