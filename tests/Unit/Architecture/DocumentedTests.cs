using System.Text.RegularExpressions;
using Xunit;

namespace Sweeper.Tests.Unit.Architecture;

/// <summary>Pages that name the tests behind what they say: each of those is there.</summary>
public sealed partial class DocumentedTests
{
    private static readonly Lazy<string> Tests = new(() => string.Join(
        '\n',
        Directory.EnumerateFiles(Specs.Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => MethodOrClass().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value))));

    [Theory]
    [InlineData("docs/cluster.md", "## Faults", 40)]
    public void Page_TestsThatItNames_AreThere(string page, string from, int fewest)
    {
        string text = File.ReadAllText(Specs.Repository.PathOf(page));
        string part = text[text.IndexOf(from, StringComparison.Ordinal)..];
        string[] names = [.. NamedTest().Matches(part).Select(match => match.Groups["name"].Value)];

        Assert.True(names.Length >= fewest, $"{page} names {names.Length} tests");
        Assert.Equal([], names.Where(name => !Regex.IsMatch(Tests.Value, $"(?m)^{Regex.Escape(name)}")));
    }

    /// <summary>A name with underscores in code style; one that is cut short ends with dots.</summary>
    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]*_[A-Za-z0-9_]*)…?`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"(?m)^\s*public (?:async )?(?:Task|void) (?<name>[A-Z]\w*_\w*)\(")]
    private static partial Regex MethodOrClass();
}
