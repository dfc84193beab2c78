using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Sweeper.Client.Commands;
using Sweeper.Contracts.Specs;
using Sweeper.Tests.Unit.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Docs;

/// <summary>
/// What the pages show can be used as it stands: commands are understood, specs are valid, C# is code that is compiled. The tutorial's
/// commands are run from end to end by <c>TutorialTests</c>, the queries of the store by <c>DocumentedQueries</c>.
/// </summary>
public sealed partial class PageSnippetTests
{
    private const string Rest = "name: page\ndata: fashion-mnist-10k\nmodel: small-cnn\ntraining: {epochs: 3}\n";

    private static readonly Lazy<string> Code = new(() => string.Join('\n', new[] { "examples", "tests" }
        .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
        .SelectMany(File.ReadLines)
        .Select(line => line.Trim())));

    public static TheoryData<string, int, string> Commands =>
        [.. Snippets.Of("", "console", "bash").SelectMany(block => block.Text.Split('\n').SelectMany((line, at) => Lines(line).Select(command => (block.Page, block.Line + at, command))))];

    public static TheoryData<string, int, string> Specs =>
        [.. Snippets.Of("yaml").Where(block => block.Page != "docs/kubernetes.md" && block.Text.Split('\n').Any(line => line is [not '#', ..]))];

    public static TheoryData<string, int, string> Programs => [.. Snippets.Of("csharp")];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_OnAPage_IsUnderstood(string page, int line, string command)
    {
        ParseResult parse = Root().Parse([.. CommandLineParser.SplitCommandLine(command)]);

        Assert.True(parse.Errors.Count == 0, $"{page}:{line}: sweeper {command}: {string.Join(' ', parse.Errors)}");
    }

    [Theory]
    [MemberData(nameof(Specs))]
    public void Spec_OnAPage_IsValid(string page, int line, string text)
    {
        // A page shows what it is about; the rest is what every spec has.
        string[] keys = [.. TopLevel().Matches(text).Select(match => match.Groups["key"].Value)];
        string missing = keys.Contains("trainer") ? "" : string.Concat(Rest.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(given => !keys.Contains(given.Split(':')[0])).Select(given => given + "\n"));
        SpecReading reading = SpecReader.Read(missing + text);

        Assert.True(reading.Problems.IsEmpty, $"{page}:{line}: {string.Join("; ", reading.Problems.Select(problem => $"{problem.Path}: {problem.Message}"))}");
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Program_OnAPage_IsCodeThatIsCompiled(string page, int line, string text)
    {
        string[] missing = [.. text.Split('\n').Select(code => Comment().Replace(code, "").Trim()).Where(code => code.Length > 1 && !Code.Value.Contains(code, StringComparison.Ordinal))];

        Assert.True(missing.Length == 0, $"{page}:{line}: in no program of examples or tests:\n{string.Join('\n', missing)}");
    }

    [Fact]
    public void Pages_AreAllLookedAt()
    {
        Assert.True(Commands.Count > 45, $"{Commands.Count} commands");
        Assert.True(Specs.Count > 12, $"{Specs.Count} specs");
        Assert.True(Programs.Count >= 3, $"{Programs.Count} programs");
    }

    /// <summary>The calls of the console in a line of shell, without its name, comments, pipes and redirections.</summary>
    private static IEnumerable<string> Lines(string line) => SweeperCall().Matches(ShellComment().Replace(line, "")).Select(call => call.Groups["arguments"].Value.Trim());

    private static RootCommand Root()
    {
        var options = new GlobalOptions();
        return SweeperCli.Build(options, new CommandRunner(options, _ => throw new InvalidOperationException("nothing runs here"), null!));
    }

    [GeneratedRegex(@"(?:^|&& |\$\()(?:sweeper|dotnet run --project Client -c Release --) (?<arguments>[^|>&)]*?)(?= 2>|[|>&)]|$)")]
    private static partial Regex SweeperCall();

    [GeneratedRegex(@"\s+# .*$|^\s*# .*$")]
    private static partial Regex ShellComment();

    [GeneratedRegex(@"\s*//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?m)^(?<key>\w+):")]
    private static partial Regex TopLevel();
}
