using System.Text.RegularExpressions;
using Sweeper.Tests.Unit.Specs;

namespace Sweeper.Tests.Unit.Docs;

/// <summary>The fenced blocks of the pages that people read.</summary>
internal static partial class Snippets
{
    /// <summary>README, CONTRIBUTING and everything in docs, but the pages that the program writes itself, whose examples have tests of their own.</summary>
    public static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Select(path => "docs/" + Path.GetRelativePath(Repository.PathOf("docs"), path)).Where(page => page != "docs/cli.md")
            .Concat(["README.md", "CONTRIBUTING.md"]).Order(StringComparer.Ordinal);

    /// <summary>Every block.</summary>
    public static IEnumerable<Snippet> All =>
        from page in Pages
        let text = File.ReadAllText(Repository.PathOf(page))
        from block in Fence().Matches(text)
        let indent = block.Groups["indent"].Value
        select new Snippet(
            page,
            text[..block.Index].Count(c => c == '\n') + 2,
            block.Groups["language"].Value,
            string.Join('\n', block.Groups["text"].Value.Split('\n').Select(line => line.StartsWith(indent, StringComparison.Ordinal) ? line[indent.Length..] : line)));

    /// <summary>Blocks of a language, with the page and the line that each begins on; an empty language: blocks without one.</summary>
    public static IEnumerable<(string Page, int Line, string Text)> Of(params string[] languages) =>
        All.Where(block => languages.Contains(block.Language)).Select(block => (block.Page, block.Line, block.Text));

    [GeneratedRegex(@"(?ms)^(?<indent> *)```(?<language>[^\n]*)\n(?<text>.*?)^ *```$")]
    private static partial Regex Fence();
}

/// <summary>A fenced block.</summary>
/// <param name="Page">Page, from the repository's root.</param>
/// <param name="Line">Number of its first line.</param>
/// <param name="Language">What its fence says; empty: nothing.</param>
/// <param name="Text">Its lines.</param>
internal sealed record Snippet(string Page, int Line, string Language, string Text)
{
    /// <summary>Its first line.</summary>
    public string First => Text.Split('\n')[0].Trim();
}
