using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sweeper.Grains.Workers.External;
using Sweeper.Tests.Unit.Specs;
using Xunit;

namespace Sweeper.Tests.Unit.Docs;

/// <summary>No block on a page is left alone: each is run, read by what reads it in earnest, or excused here with a reason.</summary>
public sealed partial class PageBlockTests
{
    /// <summary>Who looks at the blocks of a language.</summary>
    private static readonly Dictionary<string, string> Languages = new()
    {
        ["yaml"] = "PageSnippetTests reads each as a spec",
        ["csharp"] = "PageSnippetTests finds each line in a program that is compiled",
        ["python"] = "PagePythonTests runs it",
        ["sql"] = "DocumentedQueries runs it on both engines",
        ["xml"] = "below: the project of a model",
        ["json"] = "PageOptionTests reads it as quotas",
        ["console"] = "TutorialTests runs it",
    };

    /// <summary>Blocks that are no commands, by page and first line.</summary>
    private static readonly Dictionary<(string Page, string First), string> NoCommands = new()
    {
        [("README.md", "Leaderboard by validation accuracy")] = "output of a run on another day: times differ",
        [("docs/architecture.md", "console (sweeper)                silo (one process per machine)")] = "a drawing",
        [("docs/external-trainers.md", "{\"step\": 1, \"loss\": 2.31}")] = "below: read as metrics",
        [("docs/kubernetes.md", "images:")] = "a part of the user's own overlay, with the user's own registry",
        [("docs/kubernetes.md", "--from-literal=redis=\"redis.example:6380,ssl=true,user=sweeper,password=…\"")] = "two options of the command further up",
        [("docs/live-page.md", "location /sweeper/ {")] = "settings of nginx, which the tests do not install",
        [("docs/telemetry.md", "submit")] = "written by the program, and compared with what it writes",
        [("docs/terminal.md", "quickstart running · 1:40 · ~4:08 left · 10 epochs")] = "a screen, of another day",
        [("docs/terminal.md", "20:14:14 submitted: 2 range tests, 6 trials")] = "lines of a run on another day",
    };

    /// <summary>Programs that blocks call, and what becomes of a call.</summary>
    private static readonly Dictionary<string, string> Programs = new()
    {
        ["sweeper"] = "PageSnippetTests has the command line read it",
        ["dotnet"] = "below: the project is there",
        ["Sweeper.Silo"] = "PageOptionTests has the silo read its options",
        ["openssl"] = "PageOpensslTests runs it",
        ["tests/run"] = "below: it is there",
        ["artifacts/bin/Browser/release/Sweeper.Tests.Browser"] = "its tests are built and run, the pictures are made when somebody wants them",
        ["docker"] = "needs Docker", ["kind"] = "needs Docker", ["kubectl"] = "needs a cluster; the manifests are read by tests/Kubernetes",
        ["redis-server"] = "Redis' own; the tests of clusters start one likewise", ["initdb"] = "PostgreSQL's own; the tests start one likewise",
        ["pg_ctl"] = "PostgreSQL's own", ["createdb"] = "PostgreSQL's own", ["pg_dump"] = "PostgreSQL's own", ["sqlite3"] = "SQLite's own",
        ["curl"] = "calls a page that stands on the user's machine; PageTokenTests and ApiTests call the same addresses", ["jq"] = "no part of Sweeper",
        ["python3"] = "ScriptTests runs the script, where Python has torch",
        ["export"] = "the shell's", ["alias"] = "the shell's", ["cd"] = "the shell's", ["for"] = "the shell's", ["do"] = "the shell's", ["done"] = "the shell's",
        ["mkdir"] = "the shell's", ["cp"] = "the shell's",
    };

    private static IEnumerable<Snippet> Shell => Snippets.All.Where(block => block.Language is "" or "console" or "bash")
        .Where(block => !NoCommands.ContainsKey((block.Page, block.First)));

    [Fact]
    public void EveryBlock_IsRunOrReadOrExcused()
    {
        string[] strange = [.. Snippets.All
            .Where(block => block.Language is not ("" or "bash") && !Languages.ContainsKey(block.Language) && !NoCommands.ContainsKey((block.Page, block.First)))
            .Select(block => $"{block.Page}:{block.Line}: nothing runs or reads a block of '{block.Language}'; write a test, or excuse it here with a reason")];
        string[] calls = [.. Shell.SelectMany(block => Calls(block.Text)
            .Where(program => !Programs.ContainsKey(program))
            .Select(program => $"{block.Page}:{block.Line}: nothing runs or reads what calls '{program}'; write a test, or excuse it here with a reason"))];
        string[] stale = [.. NoCommands.Keys.Where(known => !Snippets.All.Any(block => (block.Page, block.First) == known)).Select(known => $"{known}: there is no such block any more"),
            .. Programs.Keys.Where(known => !Shell.Any(block => Calls(block.Text).Contains(known))).Select(known => $"{known}: no block calls it any more")];

        Assert.Equal([], strange.Concat(calls).Concat(stale));
    }

    [Fact]
    public void ShellBlocks_AreUnderstoodByAShell() => Assert.All(Shell, block =>
    {
        using Process bash = Process.Start(new ProcessStartInfo("bash", ["-n", "-c", block.Text]) { RedirectStandardError = true })!; // a program is started
        string error = bash.StandardError.ReadToEnd();
        bash.WaitForExit();
        Assert.True(bash.ExitCode == 0, $"{block.Page}:{block.Line}: {error}");
    });

    [Fact]
    public void FilesThatCommandsName_AreThere()
    {
        (Snippet Block, string Path)[] named = [.. Shell.SelectMany(block => OfTheRepository().Matches(block.Text).Select(match => (block, match.Groups["path"].Value)))];

        Assert.True(named.Length > 25, $"{named.Length} paths");
        Assert.All(named, one => Assert.True(Path.Exists(Repository.PathOf(one.Path)), $"{one.Block.Page}:{one.Block.Line}: there is no {one.Path}"));
    }

    [Fact]
    public void ProjectOfAModel_NamesThePackageAndTheFrameworkThatAreHere()
    {
        Snippet block = Assert.Single(Snippets.All, block => block.Language == "xml");
        var shown = XElement.Parse(block.Text);
        var package = XElement.Load(Repository.PathOf("Grains/Plugins/Plugins.csproj"));
        var everywhere = XElement.Load(Repository.PathOf("Directory.Build.props"));

        XElement reference = Assert.Single(shown.Descendants("PackageReference"));
        Assert.Equal(package.Descendants("PackageId").Single().Value, reference.Attribute("Include")?.Value);
        Assert.Equal(package.Descendants("Version").Single().Value, reference.Attribute("Version")?.Value);
        Assert.Equal(everywhere.Descendants("TargetFramework").Single().Value, shown.Descendants("TargetFramework").Single().Value);
    }

    [Fact]
    public void MetricsOfAnExternalTrainer_AreRead()
    {
        Snippet block = Assert.Single(Snippets.All, block => block.First.StartsWith("{\"step\"", StringComparison.Ordinal));

        Assert.All(block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Null(MetricsLine.Read(line, 400).Complaint));
    }

    /// <summary>The programs that a block calls: first words of its commands.</summary>
    private static IEnumerable<string> Calls(string text)
    {
        string plain = Comment().Replace(text, "").Replace("\\\n", " ", StringComparison.Ordinal);
        plain = Quoted().Replace(plain, "Q");
        return Separator().Split(plain)
            .Select(command => Assignment().Replace(command.Trim(), "").Trim())
            .Where(command => command.Length > 0)
            .Select(command => command.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0])
            .Select(program => program == "artifacts/bin/Silo/release/Sweeper.Silo" ? "Sweeper.Silo" : program)
            .Distinct();
    }

    [GeneratedRegex(@"(?m)(?:^|\s+)# .*$|^#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("""(?s)'[^']*'|"[^"]*"|\$\([^)]*\)""")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"&&|[;\n|&]|(?<=\bdo) ")]
    private static partial Regex Separator();

    [GeneratedRegex(@"^(?:\w+=\S* ?)+")]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(?m)(?:^|[ =])(?<path>(?:examples|tests|k8s|Grains|Client|Silo|Contracts|docs)(?:/[\w.-]+)+|Sweeper\.sln)(?=\s|$)")]
    private static partial Regex OfTheRepository();
}
