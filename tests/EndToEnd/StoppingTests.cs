using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Early stopping through the console, with real trainings.</summary>
public sealed class StoppingTests
{
    [Fact]
    public async Task Run_AshaAtAConstantRate_StopsTrialsForGoodAndSaysWhy()
    {
        await using var sandbox = new Sandbox();

        string output = await sandbox.OutputAsync("run", sandbox.Write("asha.yaml", Spec("asha", "constant", "random", 12, "asha")), "--threads", "1", "--slots", "1");

        Assert.Contains("trials stopped early (", output, StringComparison.Ordinal);
        Assert.DoesNotContain("stopping:", output, StringComparison.Ordinal);
        JsonElement show = await sandbox.JsonAsync("show", "asha");
        JsonElement[] trials = [.. show.GetProperty("trials").EnumerateArray()];
        Assert.Equal(12, trials.Length);
        JsonElement stopped = trials.First(trial => Kind(trial) == "stopped_early");
        Assert.InRange(stopped.GetProperty("run").GetProperty("epochs").GetDouble(), 0.5, 8.5);
        Assert.Equal(trials.Count(trial => Kind(trial) == "stopped_early"), show.GetProperty("stopping").GetProperty("stopped").GetInt32());
        string name = $"T-{stopped.GetProperty("number").GetInt32():0000}";
        Assert.Contains("not in the best 1/3", await sandbox.OutputAsync("why", "asha", name), StringComparison.Ordinal);

        Ended retried = await sandbox.RunAsync("retry", "asha", name);
        Assert.True(retried.ExitCode == 1 && retried.Out.Contains("none of these failed", StringComparison.Ordinal), retried.ToString());
    }

    [Fact]
    public async Task Run_CycleHyperband_TrainsWholeCyclesOfRisingLengthAlsoAfterAKill()
    {
        await using var sandbox = new Sandbox();
        string[] command = ["run", sandbox.Write("rungs.yaml", Spec("rungs", "one_cycle", "tpe", 12, "{rule: cycle_hyperband, keep: best}")), "--threads", "1", "--slots", "1"];
        Assert.Contains("the best go on", await sandbox.OutputAsync("preview", command[1]), StringComparison.Ordinal);
        SweeperProcess console = sandbox.Start(command);
        await console.SaysAsync("T-0005 started");
        Assert.True(await sandbox.KillSiloAsync());
        Ended end = await console.EndAsync(TimeSpan.FromMinutes(3));

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Contains("Accuracy against the length of the cycle", end.Out, StringComparison.Ordinal);
        JsonElement show = await sandbox.JsonAsync("show", "rungs");
        JsonElement[] trials = [.. show.GetProperty("trials").EnumerateArray()];
        double[] lengths = [.. show.GetProperty("stopping").GetProperty("lengths").EnumerateArray().Select(length => length.GetProperty("epochs").GetDouble())];
        Assert.Equal([1.0, 3, 9], lengths, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(12, trials.Count(trial => Rung(trial) == 0));
        Assert.All(
            trials.Where(trial => Rung(trial) == 2 && Kind(trial) == "trained"),
            trial => Assert.Equal(9, trial.GetProperty("run").GetProperty("epochs").GetDouble(), 0.01));
        JsonElement climbed = trials.First(trial => Rung(trial) == 2);
        string why = await sandbox.OutputAsync("why", "rungs", $"T-{climbed.GetProperty("number").GetInt32():0000}");
        Assert.Contains("in cycles of 3 epochs", why, StringComparison.Ordinal);
        Assert.Contains("in cycles of 1 epoch", why, StringComparison.Ordinal);
        Assert.Contains("suggested by the tree-structured Parzen estimator", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ManyTrialsOfOneCycleAndNoRuleGiven_ComparesTwelveAtBothLengthsAndSaysSo()
    {
        await using var sandbox = new Sandbox();
        string file = sandbox.Write("hopeful.yaml", Spec("hopeful", "one_cycle", "tpe", 36, "auto"));
        Assert.Contains("early stopping cycle_hyperband (auto): the first 12 of 36", await sandbox.OutputAsync("preview", file), StringComparison.Ordinal);
        Assert.Contains(
            "early stopping none (auto): with 12 of fewer than 36 trials",
            await sandbox.OutputAsync("validate", file, "--set", "search.trials=12"),
            StringComparison.Ordinal);

        string output = await sandbox.OutputAsync("run", file, "--threads", "1", "--slots", "1");

        Assert.Contains("early stopping cycle_hyperband (auto)", output, StringComparison.Ordinal);
        Assert.Contains("trained at both lengths", output, StringComparison.Ordinal);
        JsonElement show = await sandbox.JsonAsync("show", "hopeful");
        JsonElement[] trials = [.. show.GetProperty("trials").EnumerateArray()];
        Assert.InRange(trials.Count(trial => Rung(trial) == 0), 12, 36);
        JsonElement cut = show.GetProperty("stopping").GetProperty("cut");
        Assert.InRange(cut.GetProperty("pairs").GetInt32(), 1, 36);
        int whole = trials.Count(trial => Rung(trial) == 1);
        Assert.Equal(36, whole + cut.GetProperty("spared").GetInt32());
        JsonElement first = trials.First(trial => Rung(trial) == 1);
        string why = await sandbox.OutputAsync("why", "hopeful", $"T-{first.GetProperty("number").GetInt32():0000}");
        Assert.Contains("one of the first 12 that are trained at both lengths", why, StringComparison.Ordinal);
        await sandbox.OutputAsync("report", "hopeful", "--out", Path.Combine(sandbox.Root, "hopeful.html"));
        Assert.Contains("Early stopping: cycle_hyperband (auto)", await File.ReadAllTextAsync(Path.Combine(sandbox.Root, "hopeful.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SamePhaseWithEveryStopAudited_StopsNoneAndPrintsTheRateOfFalseStops()
    {
        await using var sandbox = new Sandbox();
        string spec = Spec("audited", "one_cycle", "random", 36, "{rule: same_phase, audit: 1}");

        string output = await sandbox.OutputAsync("run", sandbox.Write("audited.yaml", spec), "--threads", "1", "--slots", "1");

        Assert.Contains("same_phase stopped no trial", output, StringComparison.Ordinal);
        Assert.Contains("False stops:", output, StringComparison.Ordinal);
        JsonElement show = await sandbox.JsonAsync("show", "audited");
        JsonElement audited = show.GetProperty("trials").EnumerateArray().First(trial =>
            Kind(trial) == "trained" && trial.GetProperty("outcome").TryGetProperty("audit", out JsonElement audit) && audit.ValueKind == JsonValueKind.Object);
        Assert.True(audited.GetProperty("number").GetInt32() > 20, "twenty have to complete first");
        Assert.Contains("ran on as an audit", await sandbox.OutputAsync("why", "audited", $"T-{audited.GetProperty("number").GetInt32():0000}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RateAtWhichNothingIsLearned_IsStoppedForSafetyLongAfterThePeak()
    {
        await using var sandbox = new Sandbox();
        string spec = Spec("chance", "one_cycle", "grid", 1, "none")
            .Replace("epochs: 9", "epochs: 90", StringComparison.Ordinal) // the verdict arrives while it trains: nine are over within a second
            .Replace("max_lr: {log: [0.003, 0.3]}", "max_lr: 1e-9", StringComparison.Ordinal)
            .Replace("weight_decay: {log: [1e-5, 1e-2]}", "weight_decay: 0", StringComparison.Ordinal);

        Ended end = await sandbox.RunAsync("run", sandbox.Write("chance.yaml", spec), "--threads", "1", "--slots", "1");

        Assert.Equal(1, end.ExitCode); // no trial has a result
        Assert.Contains("stopped early by safety: all", end.Out, StringComparison.Ordinal);
        Assert.Contains("are at chance", end.Out, StringComparison.Ordinal);
    }

    private static string? Kind(JsonElement trial) => trial.GetProperty("outcome").GetProperty("kind").GetString();

    private static int Rung(JsonElement trial) => trial.GetProperty("plan").GetProperty("rung").GetInt32();

    private static string Spec(string name, string schedule, string strategy, int trials, string stopping) => $$$"""
        name: {{{name}}}
        seed: 5
        data: {set: synthetic, validation: 0.3}
        model: mlp
        training: {epochs: 9, schedule: {{{schedule}}}}
        search:
          strategy: {{{strategy}}}
          {{{(strategy == "grid" ? "" : $"trials: {trials}")}}}
          stopping: {{{stopping}}}
          space:
            max_lr: {log: [0.003, 0.3]}
            batch_size: 50
            weight_decay: {log: [1e-5, 1e-2]}
            dropout: 0.1
        """;
}
