using System.Text.RegularExpressions;
using Sweeper.Silo;
using Xunit;

namespace Sweeper.Tests.Cluster.Docs;

/// <summary>What the pages have a silo read: its options, and a file of quotas.</summary>
public sealed partial class PageOptionTests
{
    public static TheoryData<string, string> Calls => [.. Pages()
        .SelectMany(page => SiloCall().Matches(page.Text.Replace("\\\n", " ", StringComparison.Ordinal)).Select(match => (page.Name, match.Groups["arguments"].Value.Trim())))];

    [Theory]
    [MemberData(nameof(Calls))]
    public void SiloCall_OnAPage_HasOptionsThatASiloTakes(string page, string arguments)
    {
        string[] words = [.. Word().Matches(arguments).Select(word => word.Value.Replace("\"", "", StringComparison.Ordinal))];

        SiloOptions options = SiloArguments.Read(words);

        Assert.False(string.IsNullOrEmpty(options.Node), $"{page}: {arguments}");
    }

    [Fact]
    public void Calls_AreAllOfThem() => Assert.True(Calls.Count >= 4, $"{Calls.Count} calls of a silo");

    [Fact]
    public void Quotas_OnThePage_AreRead()
    {
        string text = Assert.Single(Pages(), page => page.Name == "sharing.md").Text;
        string path = Path.Combine(Directory.CreateTempSubdirectory("sweeper-page-").FullName, "quotas.json");
        File.WriteAllText(path, Json().Match(text).Groups["text"].Value);

        var rules = SharingFile.Read(path);

        Assert.Equal((4, 8), (rules.Default?.Jobs, rules.Users["anna"].Devices));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static IEnumerable<(string Name, string Text)> Pages()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Sweeper.sln")))
        {
            folder = folder.Parent;
        }

        return Directory.EnumerateFiles(Path.Combine(folder?.FullName ?? throw new InvalidOperationException($"no Sweeper.sln above {AppContext.BaseDirectory}"), "docs"), "*.md")
            .Select(path => (Path.GetFileName(path), File.ReadAllText(path)));
    }

    [GeneratedRegex(@"(?m)^(?:artifacts/bin/Silo/release/)?Sweeper\.Silo (?<arguments>--.*?)(?: &)?$")]
    private static partial Regex SiloCall();

    [GeneratedRegex("""(?:[^\s"]|"[^"]*")+""")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?ms)^```json\n(?<text>.*?)^```$")]
    private static partial Regex Json();
}
