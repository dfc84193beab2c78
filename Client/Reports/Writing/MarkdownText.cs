using System.Text;

namespace Sweeper.Client.Reports.Writing;

/// <summary>Text that Markdown shows as it is.</summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_[]|~#!";

    /// <summary>Plain text on one line, with everything escaped that means something to Markdown or HTML.</summary>
    public static string Of(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char letter in CleanText.Of(text))
        {
            switch (letter)
            {
                case '\r' or '\n' or '\t':
                    escaped.Append(' ');
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '>':
                    escaped.Append("&gt;");
                    break;
                case '&':
                    escaped.Append("&amp;");
                    break;
                default:
                    escaped.Append(Special.Contains(letter, StringComparison.Ordinal) ? "\\" : "").Append(letter);
                    break;
            }
        }

        return escaped.ToString();
    }

    /// <summary>A path as the target of a link.</summary>
    public static string Link(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>A fence that the text does not hold.</summary>
    public static string FenceFor(string text)
    {
        string fence = "```";
        while (text.Contains(fence, StringComparison.Ordinal))
        {
            fence += "`";
        }

        return fence;
    }
}
