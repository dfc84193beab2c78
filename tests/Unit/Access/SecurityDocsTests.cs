using System.Text.RegularExpressions;
using Sweeper.Tests.Unit.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Access;

/// <summary>Each claim of docs/security.md names tests, and they are there.</summary>
public sealed partial class SecurityDocsTests
{
    private const string Document = "docs/security.md";
    private const int Columns = 3;

    [Fact]
    public void Claims_TestsThatTheyName_AreThere()
    {
        string[][] claims = [.. Claims()];
        Assert.True(claims.Length >= 30, $"{claims.Length} claims");
        Assert.All(claims, claim => Assert.True(claim.Length == Columns && Test().IsMatch(claim[2]), string.Join(" | ", claim)));

        Dictionary<string, string> classes = [];
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            foreach (Match found in Class().Matches(text))
            {
                classes[found.Groups["name"].Value] = classes.GetValueOrDefault(found.Groups["name"].Value) + text; // one may be spread over files
            }
        }

        Assert.Equal([], claims.SelectMany(claim => Test().Matches(claim[2])).Where(test => !IsThere(test, classes)).Select(test => test.Value));
    }

    private static bool IsThere(Match test, Dictionary<string, string> classes) =>
        classes.TryGetValue(test.Groups["class"].Value, out string? text)
        && (test.Groups["method"].Value is not { Length: > 0 } method || Regex.IsMatch(text, $@"\[(Fact|Theory)\b[^;{{}}]*\b{method}\("));

    private static IEnumerable<string[]> Claims()
    {
        string text = File.ReadAllText(Repository.PathOf(Document));
        int start = text.IndexOf("## Claims", StringComparison.Ordinal);
        string section = text[start..text.IndexOf("\n## ", start + 1, StringComparison.Ordinal)];
        return section.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2) // head and rule
            .Select(line => line.Trim('|').Split(" | ", StringSplitOptions.TrimEntries));
    }

    [GeneratedRegex(@"`(?<class>\w+Tests|SweepStoreConformance)(\.(?<method>\w+))?`")]
    private static partial Regex Test();

    [GeneratedRegex(@"^(public |internal )(sealed |abstract |static )?(partial )?class (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Class();
}
