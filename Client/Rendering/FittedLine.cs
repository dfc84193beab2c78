using Spectre.Console;

namespace Sweeper.Client.Rendering;

/// <summary>Lines that fit: whole parts are left out, and a text that is too long ends at a word.</summary>
internal static class FittedLine
{
    private const string Separator = " · ";

    /// <summary>Parts of markup, joined, as many from the front as there is room for, and always the first.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="parts">Most important first; null or empty: none.</param>
    public static string Of(int width, params IEnumerable<string?> parts)
    {
        string line = "";
        foreach (string part in parts.OfType<string>().Where(part => part.Length > 0))
        {
            string longer = line.Length == 0 ? part : line + Separator + part;
            if (line.Length > 0 && WidthOf(longer) > width)
            {
                break; // a less important one would look like all there is
            }

            line = longer;
        }

        return line;
    }

    /// <summary>A text of at most so many columns, on one line.</summary>
    /// <param name="text">Plain text, no markup.</param>
    /// <param name="width">Columns; at least 1.</param>
    public static string Cut(string text, int width)
    {
        string line = text.ReplaceLineEndings(" ");
        if (line.GetCellWidth() <= width)
        {
            return line;
        }

        int length = Math.Min(line.Length, width - 1);
        while (length > 0 && line[..length].GetCellWidth() > width - 1)
        {
            length--;
        }

        // After a whole sentence where that leaves most of it, else after a word, unless the word takes half the line.
        int sentence = line[..length].LastIndexOf(". ", StringComparison.Ordinal);
        int word = length < line.Length && line[length] != ' ' ? line[..length].LastIndexOf(' ') : length;
        int end = sentence > length / 2 ? sentence : word > length / 2 ? word : length;
        return line[..end].TrimEnd(' ', ',', ':', ';', '·') + "…";
    }

    /// <summary>Columns that markup takes.</summary>
    public static int WidthOf(string markup) => Markup.Remove(markup).GetCellWidth();
}
