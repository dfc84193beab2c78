using YamlDotNet.Core;

namespace Sweeper.Contracts.Specs.Reading;

/// <summary>Turns the YAML parser's complaints into plain sentences.</summary>
internal static class YamlComplaint
{
    /// <summary>Stands for a complaint that the parser has no words for.</summary>
    public const string Unclosed = "no words";

    private const string MissingKey = "did not find expected key";
    private const string NoColon = "a key is not followed by ': '";

    /// <summary>Fragments of the parser's messages with what they mean to somebody who writes a spec.</summary>
    private static readonly (string Fragment, string Meaning)[] Meanings =
    [
        ("found invalid mapping", "a value contains ': '; put the value in quotes, or start a new line"),
        ("did not find expected ',' or ']'", "a list that was opened with '[' is not closed with ']'"),
        ("did not find expected ',' or '}'", "a group that was opened with '{' is not closed with '}'"),
        ("found unexpected end of stream", "a quotation mark that was opened is not closed"),
        (Unclosed, "a '{' or '[' near this line is not closed, or a character such as '!' or '%' starts a value; close it, or put the value in quotes"),
        (MissingKey, "the indentation fits no line above it; keys of one group start in the same column"),
        ("did not find expected '-' indicator", "a list item does not start with '- '; items of one list start in the same column"),
        ("could not find expected ':'", NoColon),
        ("character that cannot start any token", "no value can start with this character; put the value in quotes"),
        ("did not find expected node content", "a value is missing, or a bracket has no partner"),
        ("hexadecimal number", "an escape in double quotes is incomplete; use single quotes, or write \\\\ for a backslash"),
        ("unknown escape character", "double quotes know no such escape; use single quotes, or write \\\\ for a backslash"),
    ];

    /// <summary>The complaint as a problem: one sentence, its column, its line.</summary>
    public static SpecSyntaxException Explain(string complaint, Mark place, string text)
    {
        string[] lines = text.TrimEnd('\r', '\n').Split('\n');
        int line = (int)Math.Clamp(place.Line, 1, lines.Length);

        // The parser stumbles over a tab that indents in whatever way comes next, on this line or the one before.
        int tab = Enumerable.Range(line, 2).FirstOrDefault(at => at <= lines.Length && Indentation(lines[at - 1]).Contains('\t'));
        if (tab > 0)
        {
            return Syntax("a tab indents this line; YAML is indented by spaces", tab, 1);
        }

        string meaning = !lines[line - 1].Contains(':', StringComparison.Ordinal) && complaint.Contains(MissingKey, StringComparison.Ordinal)
            ? NoColon
            : Meanings.FirstOrDefault(entry => complaint.Contains(entry.Fragment, StringComparison.Ordinal)).Meaning
              ?? complaint.TrimEnd('.').ToLowerInvariant();
        return Syntax(meaning, line, Math.Max(1, place.Column));
    }

    private static SpecSyntaxException Syntax(string meaning, int line, long column) =>
        new($"not valid YAML or JSON near column {column}: {meaning}", line);

    private static string Indentation(string line) => line[..(line.Length - line.TrimStart().Length)];
}
