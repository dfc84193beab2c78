using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Sweeper.Grains.Store.Rows;

/// <summary>Text that every engine takes.</summary>
internal static class StoreText
{
    /// <summary>
    /// The text, with U+FFFD for what PostgreSQL refuses: NUL characters and halves of surrogate pairs, such as a native
    /// library's message may hold.
    /// </summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Clean(string? text)
    {
        if (text is null || !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && !text.Contains('\0', StringComparison.Ordinal))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            clean.Append(rune.Value == 0 ? Rune.ReplacementChar : rune);
        }

        return clean.ToString();
    }
}
