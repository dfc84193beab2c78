using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Objectives beside accuracy, class weights and mixing, through the console.</summary>
public sealed class ObjectiveTests
{
    private const string Spec = """
        name: rare
        seed: 3
        data: {set: table, path: rare.csv, target: kind}
        model: mlp
        training: {epochs: 3, class_weights: balanced, mixup: 0.2}
        search: {objective: log_loss, space: {max_lr: [0.003, 0.03], batch_size: [20, 60], weight_decay: 1e-4, dropout: 0}}
        """;

    [Fact]
    public async Task Run_ByLogLoss_RanksByTheSmallestAndSaysEveryMetricAndWhatItCosts()
    {
        await using var sandbox = new Sandbox();
        string spec = Write(sandbox, Spec);

        string run = await sandbox.OutputAsync("run", spec, "--keep", "--threads", "1");

        Assert.Contains("Leaderboard by validation log loss", run, StringComparison.Ordinal);
        Assert.Contains("log loss ▼", run, StringComparison.Ordinal);
        JsonElement shown = await sandbox.JsonAsync("show", "rare");
        double[] losses = [.. shown.GetProperty("leaderboard").EnumerateArray().Select(row => Metric(row, "validation_metrics", "log_loss"))];
        Assert.Equal(4, losses.Length);
        Assert.Equal(losses.Order(), losses);
        Assert.All(shown.GetProperty("trials").EnumerateArray(), trial =>
        {
            JsonElement score = trial.GetProperty("outcome").GetProperty("score");
            Assert.Equal(score.GetProperty("validation_loss").GetDouble(), Metric(score, "validation_metrics", "log_loss"));
            Assert.InRange(Metric(score, "test_metrics", "macro_f1"), 0, 1);
            Assert.InRange(Metric(score, "test_metrics", "balanced_accuracy"), 0, 1);
            Assert.False(score.GetProperty("test_metrics").TryGetProperty("top5_accuracy", out _), "three classes");
        });

        string best = await sandbox.OutputAsync("best", "rare");
        Assert.Contains("chosen by validation log loss", best, StringComparison.Ordinal);
        Assert.Contains("# validation: log loss ", best, StringComparison.Ordinal);
        Assert.Contains("class_weights: balanced", best, StringComparison.Ordinal);
        Assert.Equal("log_loss", (await sandbox.JsonAsync("best", "rare")).GetProperty("objective").GetString());
        Assert.Contains("macro F1", await sandbox.OutputAsync("show", "rare", "T-0001"), StringComparison.Ordinal);
        await AssertParetoAsync(sandbox, [.. shown.GetProperty("leaderboard").EnumerateArray()]);
        await AssertMemoryAsync(sandbox, [.. shown.GetProperty("trials").EnumerateArray()]);
        await AssertPageAsync(sandbox);
    }

    [Fact]
    public async Task Run_WhatTheDataCannotSay_ExitsWith2AndKeepsNothing()
    {
        await using var sandbox = new Sandbox();
        string Bad(string from, string to) => Write(sandbox, Spec.Replace(from, to, StringComparison.Ordinal));

        BadInput.Assert(await sandbox.RunAsync("run", Bad("log_loss", "top5_accuracy"), "--keep"), "needs more than 5 classes, and table has 3", "too few classes");
        BadInput.Assert(await sandbox.RunAsync("run", Bad("balanced", "{often: 1, seldom: 9}")), "table has no such class; it has ", "a class that is not there");
        BadInput.Assert(await sandbox.RunAsync("show", "rare"), "There is no sweep named 'rare'", "nothing was stored");
    }

    private static async Task AssertParetoAsync(Sandbox sandbox, JsonElement[] rows)
    {
        JsonElement pareto = await sandbox.JsonAsync("best", "rare", "--pareto", "seconds");
        string text = await sandbox.OutputAsync("best", "rare", "--pareto", "parameters");

        int[] front = [.. pareto.GetProperty("front").EnumerateArray().Select(point => point.GetProperty("row").GetProperty("rank").GetInt32())];
        int[] expected = [.. rows
            .Where(row => !rows.Any(other => Loss(other) <= Loss(row) && Seconds(other) <= Seconds(row) && (Loss(other) < Loss(row) || Seconds(other) < Seconds(row))))
            .OrderBy(Seconds).Select(row => row.GetProperty("rank").GetInt32())];
        Assert.Equal(expected, front);
        Assert.Equal(("log_loss", "seconds", 4), (pareto.GetProperty("objective").GetString(), pareto.GetProperty("cost").GetString(), pareto.GetProperty("configurations").GetInt32()));
        Assert.Contains("Pareto front: validation log loss against parameters; 1 of 4 configurations", text, StringComparison.Ordinal); // one network
        BadInput.Assert(await sandbox.RunAsync("best", "rare", "--pareto", "seconds", "--as", "pytorch"), "--pareto goes with neither --as nor --save", "two answers at once");

        double Loss(JsonElement row) => Metric(row, "validation_metrics", "log_loss");
        double Seconds(JsonElement row) => row.GetProperty("seconds").GetDouble();
    }

    private static async Task AssertMemoryAsync(Sandbox sandbox, JsonElement[] trials)
    {
        ILookup<int, long> bytes = trials.ToLookup(
            trial => trial.GetProperty("configuration").GetProperty("batch_size").GetInt32(), trial => trial.GetProperty("run").GetProperty("memory_bytes").GetInt64());
        JsonElement pareto = await sandbox.JsonAsync("best", "rare", "--pareto", "memory");

        long small = Assert.Single(bytes[20].Distinct()); // of two trials that ran at once, or one after the other
        long large = Assert.Single(bytes[60].Distinct());
        Assert.True(small < large, $"{small} bytes at a batch of 20, {large} at 60");
        JsonElement[] front = [.. pareto.GetProperty("front").EnumerateArray()];
        Assert.Equal(("memory", 4), (pareto.GetProperty("cost").GetString(), pareto.GetProperty("configurations").GetInt32()));
        Assert.Equal(small, front[0].GetProperty("cost").GetDouble());
        Assert.All(front[1..], point => Assert.Equal(large, point.GetProperty("cost").GetDouble()));
        Assert.Contains("against training memory; ", await sandbox.OutputAsync("best", "rare", "--pareto", "memory"), StringComparison.Ordinal);
        Assert.Contains("training memory", await sandbox.OutputAsync("show", "rare", "T-0001"), StringComparison.Ordinal);
        string file = sandbox.In("rare-trials.csv");
        await sandbox.OutputAsync("export", "rare", "--to", file);
        string[] exported = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        Assert.Contains("memory_bytes", exported[0].Split(','));
        Assert.All(exported[1..], line => Assert.True(line.Contains($",{small},", StringComparison.Ordinal) || line.Contains($",{large},", StringComparison.Ordinal), line));
    }

    /// <summary>The commands of docs/objectives.md, asked about this sweep.</summary>
    private static async Task AssertPageAsync(Sandbox sandbox)
    {
        string[] page = await File.ReadAllLinesAsync(Repository.PathOf("docs/objectives.md"), TestContext.Current.CancellationToken);
        string[] commands = [.. page.Where(line => line.StartsWith("sweeper ", StringComparison.Ordinal) && !line.StartsWith("sweeper run ", StringComparison.Ordinal))];

        Assert.True(commands.Length >= 6, $"the page has {commands.Length} commands");
        foreach (string command in commands)
        {
            await sandbox.OutputAsync([.. command.Split(' ')[1..].Select(word => word == "sweep" ? "rare" : word)]);
        }
    }

    private static double Metric(JsonElement of, string set, string name) => of.GetProperty(set).GetProperty(name).GetDouble();

    private static string Write(Sandbox sandbox, string spec)
    {
        var random = new Random(5);
        sandbox.Write("rare.csv", "x,y,kind\n" + string.Concat(Enumerable.Range(0, 500).Select(i =>
        {
            int kind = i % 10 == 0 ? 2 : i % 3 == 0 ? 1 : 0;
            return string.Create(CultureInfo.InvariantCulture, $"{kind + random.NextDouble():0.000},{(kind * 0.5) + random.NextDouble():0.000},{(kind switch { 0 => "often", 1 => "now-and-then", _ => "rare" })}\n");
        })));
        return sandbox.Write("rare.yaml", spec);
    }
}
