using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>The verbs, one after the other, on a sweep that has run.</summary>
public sealed class CommandTests(TinySweep tiny) : IClassFixture<TinySweep>
{
    private Sandbox Sandbox => tiny.Sandbox;

    [Fact]
    public void Run_TinySpec_EndsWithLeaderboardBestConfigurationAndWhereToSeeThem()
    {
        Assert.True(tiny.Run.ExitCode == 0, tiny.Run.ToString());
        Assert.Contains("submitted: 2 range tests, 4 trials", tiny.Run.Out, StringComparison.Ordinal);
        Assert.Contains("Leaderboard by validation accuracy", tiny.Run.Out, StringComparison.Ordinal);
        Assert.Contains("name: tiny-best", tiny.Run.Out, StringComparison.Ordinal);
        Assert.Contains($"Results    {Sandbox.Data}", tiny.Run.Out, StringComparison.Ordinal);
        Assert.Contains("Pictures   ", tiny.Run.Out, StringComparison.Ordinal);
        Assert.Contains("show tiny --data-dir", tiny.Run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", tiny.Run.Out, StringComparison.Ordinal); // no colours where output is no terminal
        Assert.Equal(Directory.GetFiles(Path.Combine(Sandbox.Data, "results", "tiny"), "*.png").Length, Directory.GetFiles(Path.Combine(Sandbox.Data, "results", "tiny"), "*.svg").Length);
    }

    [Fact]
    public async Task Run_SameSpecAgain_RunsNothingAndShowsTheSame()
    {
        JsonElement before = await Sandbox.JsonAsync("show", "tiny");

        Ended again = await Sandbox.RunAsync("run", tiny.Spec);

        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.Contains("has already ended with the same spec", again.Out + again.Error, StringComparison.Ordinal);
        Assert.Contains("name: tiny-best", again.Out, StringComparison.Ordinal);
        Assert.Equal(before.ToString(), (await Sandbox.JsonAsync("show", "tiny")).ToString());
    }

    [Fact]
    public async Task Run_OtherSpecOfTheSameName_IsRefusedWithTheDifference()
    {
        string other = Sandbox.Write("other.yaml", Specs.Tiny().Replace("seed: 3", "seed: 4", StringComparison.Ordinal));

        BadInput.Assert(await Sandbox.RunAsync("run", other, "-o", "json"), "seed: The stored sweep has 3 here", "duplicate name");
    }

    [Fact]
    public async Task Validate_Set_StandsAboveTheFile()
    {
        JsonElement plan = (await Sandbox.JsonAsync("validate", tiny.Spec, "--set", "name=other", "--set", "search.seeds=3", "--set", "training.epochs=5")).GetProperty("plan");

        Assert.Equal("other", plan.GetProperty("name").GetString());
        Assert.Equal(12, plan.GetProperty("trials").GetDouble());
        BadInput.Assert(await Sandbox.RunAsync("validate", tiny.Spec, "--set", "training.epochs=many"), "training.epochs", "a setting that is no number");
        BadInput.Assert(await Sandbox.RunAsync("run", tiny.Spec, "--set", "colour=red"), "colour", "a setting that no spec has");
        BadInput.Assert(await Sandbox.RunAsync("run", tiny.Spec, "--set", "seed"), "must be written as KEY=VALUE", "a setting without a value");
        BadInput.Assert(await Sandbox.RunAsync("submit", tiny.Spec, "--set", "seed=1", "--set", "seed=2"), "is given twice", "a setting given twice");
    }

    [Fact]
    public async Task List_Sweeps_NamesThem()
    {
        Assert.Contains("tiny", await Sandbox.OutputAsync("list"), StringComparison.Ordinal);
        JsonElement row = Assert.Single((await Sandbox.JsonAsync("list")).EnumerateArray(), row => row.GetProperty("name").GetString() == "tiny");
        Assert.Equal(4, row.GetProperty("trials").GetInt32());
    }

    [Fact]
    public async Task Show_Sweep_HasEveryTrialAndRangeTest()
    {
        string text = await Sandbox.OutputAsync("show", "tiny");
        Assert.All(new[] { "T-0001", "T-0004", "R-001", "R-002" }, job => Assert.Contains(job, text, StringComparison.Ordinal));

        JsonElement json = await Sandbox.JsonAsync("show", "tiny");
        Assert.Equal(4, json.GetProperty("trials").GetArrayLength());
        Assert.Equal(2, json.GetProperty("cells").GetArrayLength());
    }

    [Theory]
    [InlineData("T-0001", "validation")]
    [InlineData("R-001", "valley")]
    public async Task Show_Job_TellsEverythingAboutIt(string job, string word) =>
        Assert.Contains(word, await Sandbox.OutputAsync("show", "tiny", job), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public async Task Best_Sweep_IsASpecThatReachesTheSame()
    {
        string best = Sandbox.Write("best.yaml", await Sandbox.OutputAsync("best", "tiny"));

        await Sandbox.OutputAsync("validate", best);
        await Sandbox.OutputAsync("run", best);

        JsonElement winner = (await Sandbox.JsonAsync("show", "tiny")).GetProperty("leaderboard")[0];
        JsonElement alone = (await Sandbox.JsonAsync("show", "tiny-best")).GetProperty("leaderboard")[0];
        Assert.Equal(winner.GetProperty("test_accuracy").GetDouble(), alone.GetProperty("test_accuracy").GetDouble());
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("parquet")]
    public async Task Export_Sweep_WritesAFileOnce(string form)
    {
        string file = Path.Combine(Sandbox.Root, "trials." + form);

        await Sandbox.OutputAsync("export", "tiny", "-o", form, "--to", file);

        Assert.True(new FileInfo(file).Length > 100);
        BadInput.Assert(await Sandbox.RunAsync("export", "tiny", "-o", form, "--to", file), file, "a file that exists");
        await Sandbox.OutputAsync("export", "tiny", "-o", form, "--to", file, "--force");
    }

    [Fact]
    public async Task Export_Curves_HasOneRowAStep()
    {
        string file = Path.Combine(Sandbox.Root, "curves.csv");

        await Sandbox.OutputAsync("export", "tiny", "--curves", "--to", file);

        Assert.True((await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Length > 50);
    }

    [Fact]
    public async Task Plot_Sweep_WritesPngAndSvg()
    {
        string folder = Path.Combine(Sandbox.Root, "pictures");

        await Sandbox.OutputAsync("plot", "tiny", "--to", folder);

        Assert.NotEmpty(Directory.GetFiles(folder, "*.svg"));
        Assert.All(Directory.GetFiles(folder, "*.png"), file => Assert.Equal("PNG", File.ReadAllText(file)[1..4]));
    }

    [Fact]
    public async Task Report_Sweep_IsOneHtmlFileOrMarkdownWithFigures()
    {
        string html = (await Sandbox.OutputAsync("report", "tiny")).Trim();
        Assert.Equal(Path.Combine(Sandbox.Data, "results", "tiny", "report.html"), html);
        string page = await File.ReadAllTextAsync(html, TestContext.Current.CancellationToken);
        Assert.Contains("<h2 id=\"verdict-title\">Verdict</h2>", page, StringComparison.Ordinal);
        Assert.Contains("id=\"figure-range-test-002\"", page, StringComparison.Ordinal);

        string markdown = Path.Combine(Sandbox.Root, "tiny.md");
        JsonElement written = await Sandbox.JsonAsync("report", "tiny", "--out", markdown);
        Assert.Equal("markdown", written.GetProperty("format").GetString());
        Assert.Contains("## Leaderboard", await File.ReadAllTextAsync(markdown, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Sandbox.Root, "tiny-figures", "curves.svg")));

        BadInput.Assert(await Sandbox.RunAsync("report", "tiny", "--out", markdown), markdown, "a report over a file");
        BadInput.Assert(await Sandbox.RunAsync("report", "tinny"), "Did you mean 'tiny'?", "report of no sweep");
    }

    [Fact]
    public async Task Workers_Silo_ShowsItsDevice()
    {
        Assert.Contains("local/cpu", await Sandbox.OutputAsync("workers"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Array, (await Sandbox.JsonAsync("workers")).ValueKind);
    }

    [Fact]
    public async Task DataList_Silo_NamesTheEmbeddedSet() =>
        Assert.Contains("fashion-mnist-10k", await Sandbox.OutputAsync("data", "list"), StringComparison.Ordinal);

    [Fact]
    public async Task Init_NewFile_IsASpecThatIsValid()
    {
        string file = Path.Combine(Sandbox.Root, "fresh.yaml");

        await Sandbox.OutputAsync("init", file);

        await Sandbox.OutputAsync("validate", file);
        BadInput.Assert(await Sandbox.RunAsync("init", file), "fresh.yaml", "init over a file");
    }

    [Fact]
    public async Task VerifyResume_Spec_ProvesTheNumbersEqual() =>
        Assert.Contains("Equal, bit for bit.", await Sandbox.OutputAsync("verify-resume", tiny.Spec, "--max-lr", "0.05", "--epochs", "2"), StringComparison.Ordinal);

    [Fact]
    public async Task Train_OneConfiguration_Reports() =>
        Assert.Contains("test", await Sandbox.OutputAsync("train", tiny.Spec, "--max-lr", "0.02", "--epochs", "1"), StringComparison.Ordinal);

    [Fact]
    public async Task RangeTest_Spec_PrintsTheSuggestions() =>
        Assert.Contains("valley", await Sandbox.OutputAsync("range-test", tiny.Spec, "--epochs", "2"), StringComparison.Ordinal);

    [Fact]
    public async Task ControlVerbs_SubmittedSweep_DoWhatTheySay()
    {
        await Sandbox.OutputAsync("submit", Sandbox.Write("long.yaml", Specs.Trials("long", 4, epochs: 50_000)));
        Assert.Contains("paused", await Sandbox.OutputAsync("pause", "long"), StringComparison.Ordinal);
        Assert.Contains("it goes on", await Sandbox.OutputAsync("resume", "long"), StringComparison.Ordinal);
        Assert.Contains("cancelled", await Sandbox.OutputAsync("cancel", "long"), StringComparison.Ordinal);

        Ended watched = await Sandbox.RunAsync("watch", "long");
        Assert.Equal(1, watched.ExitCode); // a cancelled sweep has not succeeded
        Assert.Equal("cancelled", (await Sandbox.JsonAsync("show", "long")).GetProperty("summary").GetProperty("status").GetString());

        BadInput.Assert(await Sandbox.RunAsync("delete", "long"), "--yes", "delete without asking anybody");
        await Sandbox.OutputAsync("delete", "long", "--yes");
        BadInput.Assert(await Sandbox.RunAsync("show", "long"), "There is no sweep named 'long'", "show after delete");
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    public async Task Completion_Shell_IsAScript(string shell) =>
        Assert.Contains("sweeper", await Sandbox.OutputAsync("completion", shell), StringComparison.Ordinal);
}
