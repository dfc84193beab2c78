using System.Globalization;

namespace Sweeper.Grains.Store.Rows;

/// <summary>Moments as ISO 8601 text in UTC, to the microsecond: what both engines keep, and sorts as it reads.</summary>
internal static class StoreTime
{
    /// <summary>Format of the text.</summary>
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    /// <summary>The text; what is finer than a microsecond is cut off.</summary>
    public static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>The moment that a text means.</summary>
    public static DateTimeOffset Parse(string text) => DateTimeOffset.ParseExact(
        text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
