using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Numbers that are predicted, from the table to new rows, through the console.</summary>
public sealed class RegressionTests
{
    private const string Spec = """
        name: houses
        seed: 3
        data: {set: table, path: houses.csv, target: price, task: regression}
        model: mlp
        training: {epochs: 10, optimizer: adamw}
        range_test: {from: 0, to: 0.1, epochs: 4, points: 50}
        search: {seeds: 2, space: {max_lr: range_test, batch_size: [20, 50], weight_decay: 1e-4, dropout: 0}}
        """;

    [Fact]
    public async Task Run_PricesOfATable_AreLearnedRankedSavedAndPredicted()
    {
        await using var sandbox = new Sandbox();
        string spec = Write(sandbox, Spec);

        string run = await sandbox.OutputAsync("run", spec, "--keep", "--threads", "1");
        JsonElement shown = await sandbox.JsonAsync("show", "houses");

        Assert.Contains("Leaderboard by validation R²", run, StringComparison.Ordinal);
        Assert.DoesNotContain("accuracy", run, StringComparison.OrdinalIgnoreCase);
        JsonElement best = shown.GetProperty("leaderboard")[0];
        Assert.InRange(best.GetProperty("test_accuracy").GetDouble(), 0.8, 1); // R² stands where accuracies do
        Assert.All(shown.GetProperty("trials").EnumerateArray(), trial =>
        {
            JsonElement score = trial.GetProperty("outcome").GetProperty("score");
            JsonElement metrics = score.GetProperty("test_metrics");
            Assert.InRange(metrics.GetProperty("mae").GetDouble(), 0, metrics.GetProperty("rmse").GetDouble());
            Assert.False(metrics.TryGetProperty("macro_f1", out _), "classes");
        });
        Assert.Contains("RMSE ", await sandbox.OutputAsync("show", "houses", "T-0001"), StringComparison.Ordinal);
        Assert.Contains("R²", await sandbox.OutputAsync("show", "houses", "R-0001"), StringComparison.Ordinal);
        await sandbox.OutputAsync("export", "houses", "--to", sandbox.In("trials.csv"));
        Assert.Contains("validation_r2", await File.ReadAllTextAsync(sandbox.In("trials.csv"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await AssertReportAsync(sandbox);
        await AssertPredictionAsync(sandbox);

        string byError = await sandbox.OutputAsync("run", Write(sandbox, Spec.Replace("name: houses", "name: by-rmse", StringComparison.Ordinal).Replace("search: {", "search: {objective: rmse, ", StringComparison.Ordinal)), "--keep", "--threads", "1");
        Assert.Contains("RMSE ▼", byError, StringComparison.Ordinal);
        JsonElement rows = (await sandbox.JsonAsync("show", "by-rmse")).GetProperty("leaderboard");
        Assert.Equal(
            rows.EnumerateArray().Select(row => row.GetProperty("validation_metrics").GetProperty("rmse").GetDouble()).Order(),
            rows.EnumerateArray().Select(row => row.GetProperty("validation_metrics").GetProperty("rmse").GetDouble()));
    }

    [Fact]
    public async Task Run_WhatIsForClasses_ExitsWith2AndSaysWhatWouldBeRight()
    {
        await using var sandbox = new Sandbox();
        string Bad(string from, string to) => Write(sandbox, Spec.Replace(from, to, StringComparison.Ordinal));

        BadInput.Assert(await sandbox.RunAsync("validate", Bad("search: {", "search: {objective: macro_f1, ")), "must be r2, rmse, mae or a metric of your own", "a metric of classes");
        BadInput.Assert(await sandbox.RunAsync("validate", Bad("epochs: 10", "epochs: 10, label_smoothing: 0.1, class_weights: balanced")), "training.class_weights: is for classes; remove it with data.task regression", "weights");
        BadInput.Assert(await sandbox.RunAsync("run", Bad(", task: regression", "")), "set data.task: regression", "numbers as classes");
        BadInput.Assert(await sandbox.RunAsync("run", Bad("target: price", "target: place")), "the target 'place' holds 'town' in line 2; task regression predicts numbers", "words as numbers");
        BadInput.Assert(await sandbox.RunAsync("validate", Bad("{set: table, path: houses.csv, target: price, task: regression}", "{set: synthetic, task: regression}")), "data.task", "images");
        BadInput.Assert(await sandbox.RunAsync("show", "houses"), "There is no sweep named 'houses'", "nothing was stored");
    }

    private static async Task AssertReportAsync(Sandbox sandbox)
    {
        string path = sandbox.In("report.html");
        await sandbox.OutputAsync("report", "houses", "--out", path);
        string report = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        Assert.Contains("RMSE", report, StringComparison.Ordinal);
        Assert.Contains("Configurations by mean validation R²", report, StringComparison.Ordinal);
        Assert.DoesNotContain("accuracy", report, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task AssertPredictionAsync(Sandbox sandbox)
    {
        string winner = sandbox.In("winner");
        await sandbox.OutputAsync("best", "houses", "--save", winner);
        string rows = sandbox.Write("new.csv", "id,place,size\n1,town,100\n2,country,100\n3,nowhere,\n");

        JsonElement found = await sandbox.JsonAsync("predict", winner, rows);
        string shown = await sandbox.OutputAsync("predict", winner, rows);

        Assert.Equal("price", found.GetProperty("target").GetString());
        double[] prices = [.. found.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("number").GetDouble())];
        Assert.InRange(prices[0] - prices[1], 20_000, 80_000); // a town is 50,000 dearer
        Assert.InRange(prices[0], 200_000, 300_000); // 250,000
        Assert.True(double.IsFinite(prices[2]), "an unknown word and a missing number are no error");
        Assert.Contains("row", shown, StringComparison.Ordinal);
        Assert.Contains("RMSE", await File.ReadAllTextAsync(Path.Combine(winner, "README.md"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        BadInput.Assert(await sandbox.RunAsync("predict", winner, sandbox.Write("short.csv", "size,id\n100,1\n")), "it lacks column 'place'; every column of the training rows but 'price' is needed", "a column too few");
        BadInput.Assert(await sandbox.RunAsync("predict", winner, sandbox.Write("word.csv", "size,place\nlarge,town\n")), "line 2: column 'size' holds 'large', but numbers in the training rows", "a word for a number");
    }

    private static string Write(Sandbox sandbox, string spec)
    {
        var random = new Random(5);
        sandbox.Write("houses.csv", "size,place,price\n" + string.Concat(Enumerable.Range(0, 400).Select(i =>
        {
            double size = 40 + (random.NextDouble() * 120);
            bool town = i % 2 == 0;
            double price = (2_000 * size) + (town ? 50_000 : 0) + ((random.NextDouble() - 0.5) * 10_000);
            return string.Create(CultureInfo.InvariantCulture, $"{size:0.0},{(town ? "town" : "country")},{price:0.0}\n");
        })));
        return sandbox.Write("houses.yaml", spec);
    }
}
