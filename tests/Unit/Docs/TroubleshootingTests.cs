using System.Text.RegularExpressions;
using Sweeper.Client;
using Sweeper.Client.Commands;
using Sweeper.Tests.Unit.Client;
using Sweeper.Tests.Unit.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Docs;

/// <summary>The messages that docs/troubleshooting.md explains are those that the program has.</summary>
public sealed partial class TroubleshootingTests
{
    private static readonly Lazy<string> Sources = new(() => string.Join('\n', new[] { "Client", "Contracts", "Grains", "Silo" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .Select(File.ReadAllText)));

    public static TheoryData<string> Messages =>
        [.. Heading().Matches(File.ReadAllText(Repository.PathOf("docs/troubleshooting.md"))).Select(heading => heading.Groups["message"].Value)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Message_ThatIsExplained_IsOneOfTheProgram(string message)
    {
        string[] fixedParts = [.. message.Split('…').Select(part => part.Trim(' ')).Where(part => part.Length > 0)];

        Assert.NotEmpty(fixedParts);
        Assert.True(fixedParts.Max(part => part.Length) >= 10, $"'{message}' says too little to be found");
        Assert.Equal([], fixedParts.Where(part => !Sources.Value.Contains(part, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("unknown key; …", "name: a\ndata: mnist\nmodel: lenet\ntraining: {epochs: 1}\nserach: {}\n")]
    [InlineData("has an effect only …; remove it", "name: a\ndata: mnist\nmodel: lenet\ntraining: {epochs: 1}\nsearch: {strategy: grid, generations: 3}\n")]
    [InlineData("a range test bounds max_lr alone; give a value, a list or an interval", "name: a\ndata: mnist\nmodel: lenet\ntraining: {epochs: 1}\nsearch: {space: {dropout: range_test}}\n")]
    public async Task Message_OfASpec_IsPrintedForIt(string message, string spec)
    {
        Assert.Contains(message, Messages.Select(row => row.Data));
        using var folder = new TestFolder();
        using var terminal = new TestTerminal();

        Assert.Equal(ExitCode.BadInput, await SweeperCli.RunAsync(["validate", folder.File("spec.yaml", spec)], _ => terminal.Terminal));
        Assert.Matches(string.Join(".*", message.Split('…').Select(Regex.Escape)), terminal.Error);
    }

    [GeneratedRegex("(?m)^### `(?<message>.+)`$")]
    private static partial Regex Heading();
}
