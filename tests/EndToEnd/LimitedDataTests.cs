using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Several numbers of training images, and an axis that applies beside values of another, through the console.</summary>
public sealed class LimitedDataTests
{
    private const string Sizes = """
        name: sizes
        seed: 3
        data: {set: synthetic, train_size: [100, 300, all]}
        model: mlp
        training: {steps: 60}
        range_test: {steps: 60, points: 50, to: 0.2}
        search: {space: {max_lr: range_test, batch_size: 20, weight_decay: 1e-4, dropout: 0}}
        """;

    private const string Conditional = """
        name: conditional
        seed: 3
        data: {set: synthetic, train_size: 300}
        model: mlp
        training: {steps: 20}
        search:
          strategy: STRATEGY
          trials: 8
          space:
            max_lr: 0.01
            batch_size: [10, 20, 40]
            weight_decay: 1e-4
            dropout: {min: 0.1, max: 0.3, step: 0.1, when: {batch_size: [20, 40]}, else: 0}
        """;

    [Fact]
    public async Task Run_Sizes_TakeEqualStepsEachWithItsOwnRangeTestAndAreShownEverywhere()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("sizes.yaml", Sizes);
        string preview = await sandbox.OutputAsync("preview", spec);

        string output = await sandbox.OutputAsync("run", spec, "--keep", "--threads", "1", "--slots", "2");

        JsonElement show = await sandbox.JsonAsync("show", "sizes");
        JsonElement[] trials = [.. show.GetProperty("trials").EnumerateArray()];
        JsonElement[] cells = [.. show.GetProperty("cells").EnumerateArray()];
        string[] data = [.. trials.Select(trial => trial.GetProperty("run").GetProperty("data_hash").GetString()!)];
        Assert.Matches(@"steps\s+180\s+of all trials, and 60 of each range test", preview);
        Assert.DoesNotContain("epochs", preview, StringComparison.Ordinal);
        Assert.Contains("Limited data: the best of each number of training images, 60 steps each", output, StringComparison.Ordinal);
        Assert.Equal([100, 300, null], trials.Select(trial => Size(trial.GetProperty("configuration"))));
        Assert.Equal([100, 300, null], cells.Select(cell => Size(cell.GetProperty("key"))));
        Assert.All(trials, trial => Assert.Equal(60, trial.GetProperty("run").GetProperty("steps").GetInt32()));
        Assert.Equal([90, 270], trials.Take(2).Select(trial => trial.GetProperty("run").GetProperty("train_images").GetInt32()));
        Assert.All(cells, cell => Assert.Equal("range_tested", cell.GetProperty("outcome").GetProperty("kind").GetString()));
        Assert.Single(data.Distinct()); // one set is loaded: the same images are held out of every size

        string[] csv = (await sandbox.OutputAsync("export", "sizes", "-o", "csv", "--to", "-")).Split('\n');
        Assert.Contains("train_size,train_images", csv[0], StringComparison.Ordinal);
        Assert.Contains("100,90", csv[1], StringComparison.Ordinal);
        await sandbox.OutputAsync("plot", "sizes");
        string report = Path.Combine(sandbox.Root, "report.html");
        await sandbox.OutputAsync("report", "sizes", "--out", report);
        Assert.Contains("Limited data", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TheLargestOfSeveralSizes_GivesWhatItGivesAlone()
    {
        await using var sandbox = new Sandbox();
        string text = Sizes.Replace("max_lr: range_test", "max_lr: 0.05", StringComparison.Ordinal);
        string several = sandbox.Write("several.yaml", text.Replace("[100, 300, all]", "[100, 300]", StringComparison.Ordinal));
        string alone = sandbox.Write("alone.yaml", text.Replace("[100, 300, all]", "300", StringComparison.Ordinal).Replace("name: sizes", "name: alone", StringComparison.Ordinal));

        await sandbox.OutputAsync("run", several, "--keep", "--threads", "1");
        await sandbox.OutputAsync("run", alone, "--threads", "1");

        Assert.Equal(await WeightsAsync(sandbox, "alone", 0), await WeightsAsync(sandbox, "sizes", 1));
        Assert.NotEqual(await WeightsAsync(sandbox, "alone", 0), await WeightsAsync(sandbox, "sizes", 0));
    }

    [Fact]
    public async Task Run_MoreImagesThanThereAre_SaysHowManyThereAre()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("sizes.yaml", Sizes.Replace("[100, 300, all]", "[100, 300000, all]", StringComparison.Ordinal));

        BadInput.Assert(await sandbox.RunAsync("run", spec, "-o", "json"), "data.train_size[1]: synthetic has 2000 training images", "size larger than the data");
    }

    [Theory]
    [InlineData("grid", 7)]
    [InlineData("random", 7)]
    [InlineData("sobol", 7)]
    [InlineData("tpe", 7)]
    public async Task Run_ConditionalAxis_TriesItsValuesBesideTheOthersAloneAndNoneTwice(string strategy, int configurations)
    {
        await using var sandbox = new Sandbox();
        string text = Conditional.Replace("STRATEGY", strategy, StringComparison.Ordinal);
        string spec = sandbox.Write("conditional.yaml", strategy == "grid" ? text.Replace("  trials: 8\n", "", StringComparison.Ordinal) : text);

        await sandbox.OutputAsync("run", spec, "--keep", "--threads", "1", "--slots", "2");

        JsonElement[] at = [.. (await sandbox.JsonAsync("show", "conditional")).GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("configuration"))];
        Assert.Equal(configurations, at.Length);
        Assert.Equal(configurations, at.Select(configuration => configuration.ToString()).Distinct().Count());
        Assert.All(at, configuration => Assert.Equal(configuration.GetProperty("batch_size").GetInt32() == 10, configuration.GetProperty("dropout").GetDouble() == 0));
    }

    private static int? Size(JsonElement of) =>
        of.TryGetProperty("train_size", out JsonElement size) && size.ValueKind == JsonValueKind.Number ? size.GetInt32() : null;

    private static async Task<string> WeightsAsync(Sandbox sandbox, string sweep, int trial) =>
        (await sandbox.JsonAsync("show", sweep)).GetProperty("trials")[trial].GetProperty("outcome").GetProperty("score").GetProperty("weights_hash").GetString()!;
}
