using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Sweeper.Contracts.Specs.Reading;

/// <summary>Durations as people write them in a spec: <c>90s</c>, <c>30m</c>, <c>1h30m</c>, <c>2d</c>.</summary>
internal static partial class DurationText
{
    /// <summary>Form of a duration, as the schema publishes it; at least one part.</summary>
    public const string Form = @"^(?=.)([0-9]+(\.[0-9]+)?d)?([0-9]+(\.[0-9]+)?h)?([0-9]+(\.[0-9]+)?m)?([0-9]+(\.[0-9]+)?s)?$";

    private static readonly (string Unit, int Group, long Ticks)[] Units =
    [
        ("d", 1, TimeSpan.TicksPerDay),
        ("h", 3, TimeSpan.TicksPerHour),
        ("m", 5, TimeSpan.TicksPerMinute),
        ("s", 7, TimeSpan.TicksPerSecond),
    ];

    /// <summary>Reads a duration.</summary>
    public static bool TryRead(string text, out TimeSpan value)
    {
        value = default;
        Match match = Pattern().Match(text.Trim());
        if (!match.Success)
        {
            return false;
        }

        decimal ticks = 0;
        foreach ((string unit, int group, long perUnit) in Units)
        {
            string part = match.Groups[group].Value;
            if (part.Length == 0)
            {
                continue;
            }

            if (part.Length > 16 || !decimal.TryParse(part[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count))
            {
                return false;
            }

            ticks += count * perUnit;
        }

        if (ticks > long.MaxValue)
        {
            return false;
        }

        value = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    /// <summary>Shortest text that reads back to the same duration.</summary>
    public static string Write(TimeSpan value)
    {
        var text = new StringBuilder();
        long rest = value.Ticks;
        foreach ((string unit, _, long perUnit) in Units[..^1])
        {
            long count = Math.DivRem(rest, perUnit, out rest);
            if (count > 0)
            {
                text.Append(count).Append(unit);
            }
        }

        if (rest > 0 || text.Length == 0)
        {
            decimal seconds = (decimal)rest / TimeSpan.TicksPerSecond;
            text.Append(seconds.ToString("0.#######", CultureInfo.InvariantCulture)).Append('s');
        }

        return text.ToString();
    }

    [GeneratedRegex(Form, RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
