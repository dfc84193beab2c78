using System.Globalization;
using System.Text.RegularExpressions;

namespace Sweeper.Contracts.Specs.Reading;

/// <summary>Numbers as people write them in a spec.</summary>
internal static partial class NumberText
{
    private const string Digits = @"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)";
    private const string Exponent = "[eE][+-]?[0-9]+";

    /// <summary>Form of a number as text, as the schema publishes it: 3, 0.1, 1e-4, 10%, 60k.</summary>
    /// <param name="percent">Whether a percentage makes sense.</param>
    /// <param name="thousands">Whether k makes sense.</param>
    public static string Form(bool percent, bool thousands) =>
        $"{Digits}({Exponent}{(percent ? "|%" : "")}{(thousands ? "|k" : "")})?$";

    /// <summary>Reads a number; a percentage is a hundredth, k a thousand.</summary>
    /// <param name="text">Text as written.</param>
    /// <param name="percent">Whether a percentage makes sense here.</param>
    /// <param name="thousands">Whether k makes sense here.</param>
    /// <param name="value">The number; finite.</param>
    /// <param name="complaint">What is wrong; null where nothing is.</param>
    public static bool TryRead(string text, bool percent, bool thousands, out double value, out string? complaint)
    {
        value = 0;
        string number = text.Trim();
        string example = percent ? "0.1 or 10%" : thousands ? "128 or 60k" : "0.1 or 1e-4";
        if (IsNotFinite(number))
        {
            complaint = $"must be a finite number, such as {example}";
            return false;
        }

        if (!Pattern().IsMatch(number) || (number.EndsWith('%') && !percent) || (number.EndsWith('k') && !thousands))
        {
            complaint = $"must be a number, such as {example}";
            return false;
        }

        // Moving the exponent in the text keeps the result the nearest double to what was written; dividing would round twice.
        string plain = number.EndsWith('%') ? number[..^1] + "e-2" : number.EndsWith('k') ? number[..^1] + "e3" : number;
        value = double.Parse(plain, NumberStyles.Float, CultureInfo.InvariantCulture);
        complaint = double.IsFinite(value) ? null : $"is too large for a number; write one such as {example}";
        return complaint is null;
    }

    /// <summary>Shortest text that reads back to the same number: 0.0005, 1e-5, 60000.</summary>
    public static string Write(double value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int mark = shortest.IndexOf('E', StringComparison.Ordinal);

        // .NET writes "1E-05" where everybody else writes "1e-5".
        return mark < 0
            ? shortest
            : $"{shortest[..mark]}e{int.Parse(shortest[(mark + 1)..], CultureInfo.InvariantCulture)}";
    }

    private static bool IsNotFinite(string text) =>
        text.TrimStart('+', '-', '.').ToUpperInvariant() is "NAN" or "INF" or "INFINITY";

    [GeneratedRegex(Digits + "(" + Exponent + @"|%|k)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
