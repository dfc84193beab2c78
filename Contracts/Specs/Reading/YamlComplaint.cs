using YamlDotNet.Core;

namespace Sweeper.Contracts.Specs.Reading;

/// <summary>Turns the YAML parser's complaints into plain sentences.</summary>
internal static class YamlComplaint
{
    /// <summary>Fragments of the parser's messages with what they mean to somebody who writes a spec.</summary>
    private static readonly (string Fragment, string Meaning)[] Meanings =
    [
        ("tab character", "a tab indents this line; YAML is indented by spaces"),
        ("found invalid mapping", "a value contains ': '; put the value in quotes, or start a new line"),
        ("did not find expected ',' or ']'", "a list that was opened with '[' is not closed with ']'"),
        ("did not find expected ',' or '}'", "a group that was opened with '{' is not closed with '}'"),
        ("found unexpected end of stream", "a quotation mark that was opened is not closed"),
        ("did not find expected key", "the indentation fits no line above it; keys of one group start in the same column"),
        ("did not find expected '-' indicator", "a list item does not start with '- '; items of one list start in the same column"),
        ("could not find expected ':'", "a key is not followed by ': '"),
        ("character that cannot start any token", "no value can start with this character; put the value in quotes"),
        ("hexadecimal number", "an escape in double quotes is incomplete; use single quotes, or write \\\\ for a backslash"),
        ("unknown escape character", "double quotes know no such escape; use single quotes, or write \\\\ for a backslash"),
    ];

    /// <summary>One sentence with the column.</summary>
    public static string Explain(YamlException problem, int line, string text)
    {
        // The parser reports a tab that indents as whatever it made of the line; the reader of the message wants the tab named.
        string[] lines = text.Split('\n');
        bool tab = Indentation(lines[line - 1]).Contains('\t') || (line < lines.Length && Indentation(lines[line]).Contains('\t'));
        string meaning = tab && !problem.Message.Contains(" flow ", StringComparison.Ordinal)
            ? Meanings[0].Meaning
            : Meanings.FirstOrDefault(entry => problem.Message.Contains(entry.Fragment, StringComparison.OrdinalIgnoreCase)).Meaning
              ?? problem.Message.TrimEnd('.').ToLowerInvariant();
        return $"not valid YAML or JSON near column {Math.Max(1, problem.Start.Column)}: {meaning}";
    }

    private static string Indentation(string line) => line[..(line.Length - line.TrimStart().Length)];
}
