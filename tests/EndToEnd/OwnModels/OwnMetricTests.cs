using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.OwnModels;

/// <summary>Metrics of a user's own, through the console.</summary>
public sealed class OwnMetricTests
{
    private const string Spec = """
        name: NAME
        seed: 1
        data: {set: synthetic, train_size: 400}
        model: mlp
        training: {epochs: 1, metrics: [METRIC]}
        search: {objective: OBJECTIVE, space: {max_lr: [0.002, 0.02, 0.1], batch_size: 40, weight_decay: 0, dropout: 0}}
        """;

    [Fact]
    public async Task Run_ByAMetricOfAPlugin_RanksByItAndShowsItEverywhere()
    {
        await using var sandbox = new Sandbox();
        var plugins = new PluginFolder(sandbox);
        plugins.AddExample();

        string run = await sandbox.OutputAsync("run", Write(sandbox, "by-kappa", "my-net/kappa", "kappa"), "--plugins", plugins.Root, "--threads", "1");

        Assert.Contains("Leaderboard by validation kappa", run, StringComparison.Ordinal);
        Assert.Contains("kappa ▼", run, StringComparison.Ordinal);
        JsonElement shown = await sandbox.JsonAsync("show", "by-kappa");
        double[] kappas = [.. shown.GetProperty("leaderboard").EnumerateArray().Select(row => Kappa(row, "validation_metrics"))];
        Assert.Equal(kappas.OrderDescending(), kappas);
        Assert.All(shown.GetProperty("trials").EnumerateArray(), trial =>
        {
            JsonElement score = trial.GetProperty("outcome").GetProperty("score");
            Assert.InRange(Kappa(score, "test_metrics"), -1, score.GetProperty("test_accuracy").GetDouble()); // ten classes, evenly: below accuracy
        });
        Assert.Equal("kappa", (await sandbox.JsonAsync("best", "by-kappa")).GetProperty("objective").GetString());
        Assert.Contains("kappa 0.", await sandbox.OutputAsync("show", "by-kappa", "T-0001"), StringComparison.Ordinal);
        await sandbox.OutputAsync("export", "by-kappa", "--to", sandbox.In("trials.csv"));
        Assert.Contains("test_kappa", await File.ReadAllTextAsync(sandbox.In("trials.csv"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("kappa", await sandbox.OutputAsync("best", "by-kappa"), StringComparison.Ordinal);

        string again = await sandbox.OutputAsync("run", Write(sandbox, "again", "my-net/kappa", "accuracy"), "--plugins", plugins.Root, "--threads", "1");
        Assert.Contains("Leaderboard by validation accuracy", again, StringComparison.Ordinal);
        Assert.All((await sandbox.JsonAsync("show", "again")).GetProperty("trials").EnumerateArray(), trial =>
            Assert.Equal("by-kappa", trial.GetProperty("run").GetProperty("reused_from").GetProperty("sweep").GetString())); // measured already, by whichever it ranks
    }

    [Fact]
    public async Task Run_MetricsThatMisbehave_AreRefusedOrFailTheirTrials()
    {
        await using var sandbox = new Sandbox();
        var plugins = new PluginFolder(sandbox);
        plugins.AddBad();
        string[] silo = ["--plugins", plugins.Root, "--plugin-seconds", "8", "--threads", "1"];
        (string Metric, string Message)[] bad =
        [
            ("bad/angry", "training.metrics: metric bad/angry failed: InvalidOperationException: not with me"),
            ("bad/nothing", "training.metrics: metric bad/nothing is NaN for 20 answers; it must be a finite number"),
            ("bad/dice", "for the same answers: it must follow from them alone"),
            ("bad/fatal", "training.metrics: it was tried in a process of its own, which was ended by signal 6 (abort)"),
            ("bad/sleepy", "training.metrics: it was tried in a process of its own, which had no answer after 8 s and was ended"),
            ("bad/absent", "plug-in bad has no metric 'absent'; it has angry, nothing, dice, sleepy, fatal, late"),
            ("missing/kappa", "training.metrics[0]: there is no plug-in missing"),
            ("host/kappa", "training.metrics[0]: no metric 'kappa' is registered in the code of this silo's program"),
        ];

        foreach ((string metric, string message) in bad)
        {
            BadInput.Assert(await sandbox.RunAsync(["run", Write(sandbox, "bad", metric, "accuracy"), .. silo]), message, metric);
        }

        BadInput.Assert(await sandbox.RunAsync("show", "bad"), "There is no sweep named 'bad'", "nothing was stored");
        BadInput.Assert(await sandbox.RunAsync("validate", Write(sandbox, "typo", "bad/late", "kapa")), "search.objective: must be one of accuracy", "an objective that is not declared");

        Ended late = await sandbox.RunAsync(["run", Write(sandbox, "late", "bad/late", "accuracy"), .. silo]);
        Assert.NotEqual(0, late.ExitCode);
        JsonElement trial = (await sandbox.JsonAsync("show", "late")).GetProperty("trials")[0];
        Assert.Contains("metric bad/late failed: InvalidOperationException: too many for me", trial.GetProperty("outcome").GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    private static double Kappa(JsonElement of, string set) => of.GetProperty(set).GetProperty("own").GetProperty("kappa").GetDouble();

    private static string Write(Sandbox sandbox, string name, string metric, string objective) => sandbox.Write($"{name}.yaml", Spec
        .Replace("NAME", name, StringComparison.Ordinal).Replace("METRIC", metric, StringComparison.Ordinal).Replace("OBJECTIVE", objective, StringComparison.Ordinal));
}
