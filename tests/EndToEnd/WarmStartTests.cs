using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Searches that begin with the results of earlier sweeps, through the console.</summary>
public sealed class WarmStartTests
{
    private static readonly string[] Fast = ["--threads", "1", "--slots", "1"];

    [Fact]
    public async Task Run_AfterAnEarlierSweep_TriesItsBestFirstAlsoAfterAKillAndWithoutTheSource()
    {
        await using var quiet = new Sandbox();
        await quiet.OutputAsync(["run", quiet.Write("earlier.yaml", Specs.Trials("earlier", 6, 1)), .. Fast]);
        string spec = Warm("later", "tpe", "earlier");
        int results = (await quiet.JsonAsync("show", "earlier")).GetProperty("leaderboard").GetArrayLength(); // high rates may diverge
        string begins = $"begins with {results} results of earlier sweeps";

        string preview = await quiet.OutputAsync(["preview", quiet.Write("later.yaml", spec), .. Fast]);
        string output = await quiet.OutputAsync(["run", quiet.Write("later.yaml", spec), .. Fast]);

        Assert.Contains($"{begins}: {results} of earlier", preview, StringComparison.Ordinal);
        Assert.Contains($"{begins}: {results} of earlier", output, StringComparison.Ordinal);
        Assert.Matches(@"To expect: (about|at most) \d+:\d\d.* device-hours, from ", output);
        Assert.Matches(@"time (about|at most) \d+:\d\d", preview);
        JsonElement best = (await quiet.JsonAsync("show", "earlier")).GetProperty("leaderboard")[0];
        JsonElement show = await quiet.JsonAsync("show", "later");
        JsonElement warm = show.GetProperty("warm_start");
        Assert.Equal(results, warm.GetProperty("results").GetArrayLength());
        Assert.Equal("earlier", warm.GetProperty("sources")[0].GetProperty("sweep").GetString());
        JsonElement[] trials = [.. show.GetProperty("trials").EnumerateArray()];
        Assert.Equal(5, trials.Length);
        Assert.Equal(best.GetProperty("configuration").GetProperty("max_learning_rate").GetDouble(), Rate(trials[0]));
        string name = $"T-{best.GetProperty("trials")[0].GetInt32():0000}";
        Assert.Contains($"suggested first because it was best in sweep earlier ({name}, ", await quiet.OutputAsync("why", "later", "T-0001"), StringComparison.Ordinal);
        Assert.Contains($"warm start {begins}", await quiet.OutputAsync("show", "later"), StringComparison.Ordinal);
        string report = Path.Combine(quiet.Root, "report.html");
        await quiet.OutputAsync("report", "later", "--out", report);
        Assert.Contains(begins, await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await using var killed = new Sandbox();
        await killed.OutputAsync(["run", killed.Write("earlier.yaml", Specs.Trials("earlier", 6, 1)), .. Fast]);
        SweeperProcess console = killed.Start(["run", killed.Write("later.yaml", spec), .. Fast]);
        await console.SaysAsync("T-0002 started");
        await killed.OutputAsync("delete", "earlier", "--yes");
        Assert.True(await killed.KillSiloAsync());
        Ended end = await console.EndAsync(TimeSpan.FromMinutes(3));

        Assert.True(end.ExitCode == 0, end.ToString());
        JsonElement[] again = [.. (await killed.JsonAsync("show", "later")).GetProperty("trials").EnumerateArray()];
        Assert.Equal(trials.Select(Told), again.Select(Told));
    }

    [Fact]
    public async Task Run_Recipe_TriesTheBestOfEarlierRangeTestedSweepsAtTheirShareOfTheBound()
    {
        await using var sandbox = new Sandbox();
        await sandbox.OutputAsync(["run", sandbox.Write("tiny.yaml", Specs.Tiny()), .. Fast]);
        const string Recipe = """
            name: recipe
            data: {set: synthetic, train_size: 600}
            model: mlp
            training: {epochs: 1}
            range_test: {points: 50, to: 0.2}
            search:
              strategy: super_convergence
              seeds: 1
              baseline: none
              warm_start: auto
              space: {max_lr: {range_test: {low: 0.2, high: 1, points: 3}}, batch_size: 20, weight_decay: [0, 1e-3], dropout: 0}
            """;

        string output = await sandbox.OutputAsync(["run", sandbox.Write("recipe.yaml", Recipe), .. Fast]);

        Assert.Contains("results of earlier sweeps: ", output, StringComparison.Ordinal);
        JsonElement[] trials = [.. (await sandbox.JsonAsync("show", "recipe")).GetProperty("trials").EnumerateArray()];
        Assert.Contains(trials, trial => trial.GetProperty("plan").GetProperty("why").GetString()!.StartsWith("among the candidates because it was", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_NothingToBeginWith_GoesOnAndSaysSo()
    {
        await using var sandbox = new Sandbox();

        string output = await sandbox.OutputAsync(["run", sandbox.Write("alone.yaml", Warm("alone", "random", "auto")), .. Fast]);

        Assert.Contains("no finished sweep of this model family and data set is in the store; the search begins without", output, StringComparison.Ordinal);
        Assert.Equal(5, (await sandbox.JsonAsync("show", "alone")).GetProperty("trials").GetArrayLength());
    }

    [Fact]
    public async Task Run_WrongSources_NamesEveryOneOfThem()
    {
        await using var sandbox = new Sandbox();
        await sandbox.OutputAsync(["run", sandbox.Write("earlier.yaml", Quick("earlier")), "--keep", .. Fast]);
        string other = Quick("other").Replace("model: mlp", "model: lenet", StringComparison.Ordinal).Replace("data: {set: synthetic}", "data: {set: synthetic, train_size: 100}", StringComparison.Ordinal);
        await sandbox.OutputAsync("run", sandbox.Write("other.yaml", other));
        await sandbox.OutputAsync("run", sandbox.Write("far.yaml", Quick("far").Replace("batch_size: 10", "batch_size: 50", StringComparison.Ordinal)));

        Ended many = await Refused("[earlir, other, far]");
        BadInput.Assert(many, "search.warm_start[0]: there is no sweep of that name in the store; did you mean earlier? (found: earlir)", "an unknown name");
        Assert.Contains("search.warm_start[1]: nothing can be taken from this sweep: it trained lenet, which is not of the family of mlp", many.Error, StringComparison.Ordinal);
        Assert.Contains("search.warm_start[2]: nothing can be taken from this sweep: 1 of its 1 configurations lie outside the space", many.Error, StringComparison.Ordinal);
        BadInput.Assert(await Refused("nowhere-near"), "`sweeper list` shows those that there are", "a name like none");
        BadInput.Assert(await Refused("later"), "search.warm_start: is this sweep itself", "itself");
        BadInput.Assert(await sandbox.RunAsync("run", sandbox.Write("later.yaml", Warm("later", "sobol", "auto"))), "has an effect only with strategy tpe", "a strategy that learns nothing");
        BadInput.Assert(await sandbox.RunAsync("preview", sandbox.Write("later.yaml", Warm("later", "tpe", "earlir"))), "did you mean earlier?", "a preview");
        Assert.DoesNotContain("later", await sandbox.OutputAsync("list"), StringComparison.Ordinal);

        Task<Ended> Refused(string sources) => sandbox.RunAsync("run", sandbox.Write("later.yaml", Warm("later", "tpe", sources)));
    }

    private static string Warm(string name, string strategy, string sources) => Specs.Trials(name, 5, 1)
        .Replace("strategy: random", $"strategy: {strategy}\n  warm_start: {sources}", StringComparison.Ordinal)
        .Replace("seed: 5", "seed: 6", StringComparison.Ordinal);

    /// <summary>One trial at a rate that does not diverge.</summary>
    private static string Quick(string name) =>
        Specs.Trials(name, 1, 1).Replace("log: [0.003, 0.1]", "log: [0.003, 0.004]", StringComparison.Ordinal);

    private static double Rate(JsonElement trial) => trial.GetProperty("configuration").GetProperty("max_learning_rate").GetDouble();

    /// <summary>What was trained, why, and what came out.</summary>
    private static string Told(JsonElement trial) =>
        $"{trial.GetProperty("configuration")} {trial.GetProperty("plan").GetProperty("why")} {trial.GetProperty("outcome")}";
}
