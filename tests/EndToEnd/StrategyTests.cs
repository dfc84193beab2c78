using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Strategies that plan as results come in, through the console.</summary>
public sealed class StrategyTests
{
    private const string Recipe = """
        name: recipe
        seed: 3
        data: {set: synthetic, train_size: 600}
        model: mlp
        training: {epochs: 4.5}
        range_test: {points: 50, to: 0.2}
        search:
          strategy: super_convergence
          seeds: 2
          space: {batch_size: [20, 40], weight_decay: [1e-4, 1e-3], dropout: 0}
        """;

    [Fact]
    public async Task Run_Recipe_EndsWithBaselinesReasonsAndAReportAndIsTheSameAfterAKill()
    {
        await using var quiet = new Sandbox();
        string[] command = ["run", quiet.Write("recipe.yaml", Recipe), "--threads", "1", "--slots", "2"];

        string preview = await quiet.OutputAsync("preview", command[1]);
        string output = await quiet.OutputAsync(command);

        Assert.Contains("the best third go on", preview, StringComparison.Ordinal);
        Assert.Contains("Against conventional schedules of 4.5 epochs", output, StringComparison.Ordinal);
        Assert.Contains("super-convergence", output, StringComparison.Ordinal);
        JsonElement show = await quiet.JsonAsync("show", "recipe");
        JsonElement[] trials = [.. show.GetProperty("trials").EnumerateArray()];
        Assert.Contains(trials, trial => Role(trial) == "baseline");
        Assert.Contains(trials, trial => Role(trial) == "momentum");
        JsonElement rule = show.GetProperty("batch_rule");
        Assert.True(rule.GetProperty("range_tests").GetInt32() >= 2);
        bool sure = rule.GetProperty("lower").ValueKind == JsonValueKind.Number; // how many cells are tested goes by their curves
        Assert.Equal(sure, (await quiet.OutputAsync("show", "recipe")).Contains("the largest learning rate grows with batch^", StringComparison.Ordinal));
        JsonElement best = show.GetProperty("leaderboard")[0];
        Assert.Equal(4.5, best.GetProperty("epochs").GetDouble());

        string winner = $"T-{best.GetProperty("trials")[0].GetInt32():0000}";
        string why = await quiet.OutputAsync("why", "recipe", winner);
        Assert.Contains($"{winner} placed", why, StringComparison.Ordinal);
        Assert.Contains("R-001 ended", await quiet.OutputAsync("why", "recipe", "R-001"), StringComparison.Ordinal);
        BadInput.Assert(await quiet.RunAsync("why", "recipe", "T-9999"), "has no T-9999", "a job that is not there");
        string report = await File.ReadAllTextAsync(await ReportAsync(quiet), TestContext.Current.CancellationToken);
        Assert.Contains("Against", report, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("the largest learning rate grows with batch^", report, StringComparison.Ordinal);

        await using var killed = new Sandbox();
        string[] again = ["run", killed.Write("recipe.yaml", Recipe), "--threads", "1", "--slots", "2"];
        SweeperProcess console = killed.Start(again);
        await console.SaysAsync("T-0003 started");
        Assert.True(await killed.KillSiloAsync());
        Ended end = await console.EndAsync(TimeSpan.FromMinutes(4));

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal(Outcomes(trials), Outcomes([.. (await killed.JsonAsync("show", "recipe")).GetProperty("trials").EnumerateArray()]));
    }

    [Fact]
    public async Task Run_RampWithFarTooHighAnEnd_IsLoweredUntilItsReadingsTellTheRate()
    {
        await using var sandbox = new Sandbox();
        string spec = Recipe
            .Replace("to: 0.2", "to: 20", StringComparison.Ordinal)
            .Replace("batch_size: [20, 40], weight_decay: [1e-4, 1e-3]", "batch_size: 20, weight_decay: 1e-4", StringComparison.Ordinal)
            .Replace("training: {epochs: 4.5}", "training: {epochs: 4.5}\nlimits: {trials: 1}", StringComparison.Ordinal);

        await sandbox.OutputAsync("run", sandbox.Write("recipe.yaml", spec), "--threads", "1", "--slots", "2");

        JsonElement[] cells = [.. (await sandbox.JsonAsync("show", "recipe")).GetProperty("cells").EnumerateArray()];
        Assert.Equal(3, cells.Length);
        double end = cells[2].GetProperty("repeat").GetProperty("to").GetDouble();
        Assert.InRange(end, 0.1, 10);
        Assert.InRange(cells[2].GetProperty("outcome").GetProperty("findings").GetProperty("max_learning_rate").GetDouble(), end / 50, end);
        Assert.Contains("20 is too high an end, so the ramp leads to", await sandbox.OutputAsync("why", "recipe", "R-003"), StringComparison.Ordinal);
        Assert.Contains("repeats", await sandbox.OutputAsync("show", "recipe", "R-003"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Tpe_TriesAsManyConfigurationsAsAskedAndSaysWhy()
    {
        await using var sandbox = new Sandbox();
        string spec = Specs.Trials("sampled", 12, 1).Replace("strategy: random", "strategy: tpe", StringComparison.Ordinal);

        await sandbox.OutputAsync("run", sandbox.Write("sampled.yaml", spec), "--threads", "1", "--slots", "2");

        JsonElement[] trials = [.. (await sandbox.JsonAsync("show", "sampled")).GetProperty("trials").EnumerateArray()];
        Assert.Equal(12, trials.Length);
        Assert.Equal(12, trials.Select(trial => trial.GetProperty("configuration").ToString()).Distinct().Count());
        Assert.Contains("suggested by the tree-structured Parzen estimator", await sandbox.OutputAsync("why", "sampled", "T-0012"), StringComparison.Ordinal);
    }

    private static async Task<string> ReportAsync(Sandbox sandbox)
    {
        string file = Path.Combine(sandbox.Root, "report.html");
        await sandbox.OutputAsync("report", "recipe", "--out", file);
        return file;
    }

    private static string? Role(JsonElement trial) => trial.GetProperty("plan").GetProperty("role").GetString();

    /// <summary>What was trained and what came out, whatever the numbers of the trials.</summary>
    private static List<string> Outcomes(JsonElement[] trials) =>
    [
        .. trials.Select(trial =>
        {
            JsonElement plan = trial.GetProperty("plan");
            return $"{trial.GetProperty("configuration")} {plan.GetProperty("epochs")} {plan.GetProperty("schedule")} {trial.GetProperty("replicate")} {trial.GetProperty("outcome")}";
        }).Order(StringComparer.Ordinal),
    ];
}
