using System.Text.RegularExpressions;
using Sweeper.Tests.Unit.Specs;

namespace Sweeper.Tests.Unit.Docs;

/// <summary>The fenced blocks of the pages that people read.</summary>
internal static partial class Snippets
{
    /// <summary>README and everything in docs, but the pages that the program writes itself, whose examples have tests of their own.</summary>
    public static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Select(Path.GetFileName).Where(name => name != "cli.md").Select(name => "docs/" + name).Prepend("README.md").Order();

    /// <summary>Blocks of a language, with the page and the line that each begins on; an empty language: blocks without one.</summary>
    public static IEnumerable<(string Page, int Line, string Text)> Of(params string[] languages) =>
        from page in Pages
        let text = File.ReadAllText(Repository.PathOf(page))
        from block in Fence().Matches(text)
        where languages.Contains(block.Groups["language"].Value)
        select (page, text[..block.Index].Count(c => c == '\n') + 2, block.Groups["text"].Value);

    [GeneratedRegex(@"(?ms)^```(?<language>\w*)\n(?<text>.*?)^```$")]
    private static partial Regex Fence();
}
