using System.CommandLine;
using Sweeper.Client;
using Sweeper.Client.Commands;
using Xunit;

namespace Sweeper.Tests.Unit.Client;

public sealed class CommandLineTests
{
    public static TheoryData<string> Verbs => [.. Commands().Select(command => command.Path)];

    [Theory]
    [InlineData("")]
    [InlineData("bogus")]
    [InlineData("run")]
    [InlineData("run a.yaml b.yaml")]
    [InlineData("run a.yaml --output xml")]
    [InlineData("list --slots 0")]
    [InlineData("list --slots many")]
    [InlineData("list --log-level loud")]
    [InlineData("list --unknown")]
    [InlineData("export s")]
    [InlineData("export s --to f -o xls")]
    [InlineData("export s --to f --curves --range-tests")]
    [InlineData("train s --max-lr fast")]
    [InlineData("completion tcsh")]
    [InlineData("data")]
    public async Task RunAsync_LineThatCannotBeUnderstood_SaysWhyOnceAndEndsWithTwo(string line)
    {
        using var terminal = new TestTerminal();
        int code = await SweeperCli.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), _ => terminal.Terminal);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.StartsWith("error: ", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("--help` shows the usage.", terminal.Error, StringComparison.Ordinal);
        Assert.Single(terminal.Error.TrimEnd().Split('\n'));
        Assert.Empty(terminal.Out);
    }

    [Theory]
    [InlineData("rum", "Did you mean 'run'?")]
    [InlineData("list --dta-dir x", "Did you mean '--data-dir'?")]
    [InlineData("data fech mnist", "Did you mean 'fetch'?")]
    public async Task RunAsync_Slip_NamesWhatWasMeant(string line, string hint)
    {
        using var terminal = new TestTerminal();

        Assert.Equal(ExitCode.BadInput, await SweeperCli.RunAsync(line.Split(' '), _ => terminal.Terminal));
        Assert.Contains(hint, terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_ConnectionString_IsNotRepeated()
    {
        ParseResult parse = Root().Parse("run a.yaml --postgres Host=h;Password=secret --data-dir d");

        Assert.EndsWith("show a --data-dir d --postgres ...", HowToRun.Another(parse, "show", "a"), StringComparison.Ordinal);
        Assert.EndsWith("run a.yaml --postgres ... --data-dir d", HowToRun.Again(parse), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list --cluster nowhere")]
    [InlineData("list --cluster host:0")]
    [InlineData("list --cluster host:port")]
    [InlineData("list --cluster :30000")]
    [InlineData("show s X-1")]
    [InlineData("show s T-0")]
    [InlineData("delete s")]
    [InlineData("init .")]
    [InlineData("data fetch mnst")]
    [InlineData("data verify nothing-like-it")]
    [InlineData("export s --to /dev/null --force")]
    public async Task RunAsync_ValueThatCannotBeUsed_SaysWhyOnceAndEndsWithTwo(string line)
    {
        using var terminal = new TestTerminal();
        int code = await SweeperCli.RunAsync(line.Split(' '), _ => terminal.Terminal);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.StartsWith("error: ", terminal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Command_Any_SaysWhatItDoesWithExamples(string path)
    {
        Command command = Commands().Single(entry => entry.Path == path).Command;

        Assert.False(string.IsNullOrWhiteSpace(command.Description));
        var documented = Assert.IsType<DocumentedCommand>(command);
        Assert.NotEmpty(documented.Examples);
        Assert.All(documented.Examples, example => Assert.Empty(Root().Parse(example.Line.Split(['|', '>', '&'])[0].Trim()).Errors));
        Assert.All(command.Options.Where(option => !option.Hidden), option => Assert.False(string.IsNullOrWhiteSpace(option.Description), option.Name));
        Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrWhiteSpace(argument.Description), argument.Name));
    }

    [Fact]
    public async Task RunAsync_ValidateSpecWithProblems_ListsEachWithItsLine()
    {
        using var folder = new TestFolder();
        using var terminal = new TestTerminal();
        string spec = folder.File("bad.yaml", "name: Bad Name\ndata: mnst\nmodel: lenet\ntraining: {epochs: -1}\n");
        int code = await SweeperCli.RunAsync(["validate", spec], _ => terminal.Terminal);

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("3 problems", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("line 1", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("line 2", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("line 4", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_InitThenValidate_IsAValidSpecThatIsNotOverwritten()
    {
        using var folder = new TestFolder();
        using var terminal = new TestTerminal();
        string file = Path.Combine(folder.Path, "My Sweep.yaml");

        Assert.Equal(ExitCode.Ok, await SweeperCli.RunAsync(["init", file], _ => terminal.Terminal));
        Assert.Equal(ExitCode.Ok, await SweeperCli.RunAsync(["validate", file], _ => terminal.Terminal));
        await File.AppendAllTextAsync(file, "# mine", TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.BadInput, await SweeperCli.RunAsync(["init", file], _ => terminal.Terminal));
        Assert.EndsWith("# mine", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await SweeperCli.RunAsync(["init", file, "--force"], _ => terminal.Terminal));
        Assert.Single(Directory.EnumerateFiles(folder.Path));
    }

    [Fact]
    public void CliReference_CommittedFile_IsWhatTheCommandsAre() =>
        Specs.Repository.AssertGenerated("docs/cli.md", CliReference.Write(Root()));

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task RunAsync_Completion_AsksTheParser(string shell)
    {
        using var terminal = new TestTerminal();

        Assert.Equal(ExitCode.Ok, await SweeperCli.RunAsync(["completion", shell], _ => terminal.Terminal));
        Assert.Contains("[suggest:", terminal.Out, StringComparison.Ordinal);
    }

    private static RootCommand Root()
    {
        var options = new GlobalOptions();
        return SweeperCli.Build(options, new CommandRunner(options, _ => throw new InvalidOperationException("nothing runs here"), null!));
    }

    private static IEnumerable<(string Path, Command Command)> Commands() => Under(Root(), "");

    private static IEnumerable<(string Path, Command Command)> Under(Command parent, string path) =>
        parent.Subcommands.SelectMany(command => Under(command, $"{path} {command.Name}".Trim()).Prepend(($"{path} {command.Name}".Trim(), command)));
}
