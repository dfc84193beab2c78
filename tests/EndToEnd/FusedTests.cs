using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Fused trials through the console: several at once as one network, each an ordinary trial.</summary>
public sealed class FusedTests
{
    private const string Rates = """
        name: rates
        seed: 5
        data: {set: synthetic, train_size: 1000}
        model: mlp
        training: {steps: 200, evaluate_every: 50}
        search:
          strategy: grid
          reuse: false
          space:
            max_lr: [0.002, 0.01, 1000, 0.05]
            batch_size: 50
            weight_decay: 1e-4
            dropout: [0, 0.2]
        """;

    private static readonly string[] OneSlot = ["--threads", "1", "--slots", "1"];

    [Fact]
    public async Task Run_Fused_GivesTheLeaderboardOfTheTrialsAloneAlsoWhereSomeDiverge()
    {
        await using var apart = new Sandbox();
        await using var together = new Sandbox();
        await apart.OutputAsync(["run", apart.Write("rates.yaml", Rates), .. OneSlot]);
        await together.OutputAsync(["run", together.Write("rates.yaml", Rates), "--fused", "4", .. OneSlot]);

        JsonElement alone = await apart.JsonAsync("show", "rates");
        JsonElement fused = await together.JsonAsync("show", "rates");

        JsonElement[] trials = [.. fused.GetProperty("trials").EnumerateArray()];
        Assert.Equal(8, trials.Length);
        Assert.All(alone.GetProperty("trials").EnumerateArray().Zip(trials), pair => AssertAlike(pair.First, pair.Second));
        Assert.Equal(2, trials.Count(trial => Kind(trial) == "diverged"));
        Assert.True(trials.Count(WasFused) >= 6, fused.ToString());
        Assert.DoesNotContain(alone.GetProperty("trials").EnumerateArray(), WasFused);
        Assert.Equal(Configuration(alone), Configuration(fused));
    }

    [Fact(Explicit = true)] // Explicit for its time; `Sweeper.Tests.EndToEnd -class '*FusedTests' -explicit on` runs it, and it has passed
    public async Task CtrlC_InTheMiddleOfFusedTrials_LosesNothingAndTheSameCommandGoesOnFromTheirCheckpoints()
    {
        await using var sandbox = new Sandbox();
        string[] command = ["run", sandbox.Write("sweep.yaml", Specs.Trials("sweep", 4, epochs: 20, highest: 0.03)), "--fused", "2", .. OneSlot];
        SweeperProcess console = sandbox.Start(command);
        await console.SaysAsync("T-0002 started");
        await Task.Delay(700, TestContext.Current.CancellationToken); // a few steps in
        console.Signal("INT");
        Ended ended = await console.EndAsync(TimeSpan.FromMinutes(1));
        Assert.True(ended.ExitCode == 130, ended.ToString());
        await sandbox.SiloEndsAsync();

        await sandbox.OutputAsync(command);

        Assert.Equal([], new StoredSweeps(sandbox).Repeated("sweep"));
        JsonElement[] trials = [.. (await sandbox.JsonAsync("show", "sweep")).GetProperty("trials").EnumerateArray()];
        Assert.Equal(["trained", "trained", "trained", "trained"], trials.Select(Kind));
        Assert.Contains(trials, trial => trial.GetProperty("run").GetProperty("resumed_from_step").GetInt32() > 0);
        Assert.Contains(trials, WasFused);
    }

    [Fact]
    public async Task Run_TrialsThatAreStoppedEarly_LeaveTheOthersOfTheirArray()
    {
        await using var sandbox = new Sandbox();
        string spec = Rates
            .Replace("strategy: grid", "strategy: grid\n  stopping: asha", StringComparison.Ordinal)
            .Replace("training: {steps: 200, evaluate_every: 50}", "training: {epochs: 9, schedule: constant}", StringComparison.Ordinal);

        await sandbox.OutputAsync(["run", sandbox.Write("asha.yaml", spec), "--fused", "4", .. OneSlot]);

        JsonElement[] trials = [.. (await sandbox.JsonAsync("show", "rates")).GetProperty("trials").EnumerateArray()];
        Assert.Contains(trials, trial => Kind(trial) == "stopped_early" && WasFused(trial));
        Assert.Contains(trials, trial => Kind(trial) == "trained" && WasFused(trial));
        Assert.All(trials, trial => Assert.Contains(Kind(trial), (string[])["trained", "stopped_early", "diverged"]));
    }

    [Fact(Explicit = true)] // Explicit for its time; `Sweeper.Tests.EndToEnd -class '*FusedTests' -explicit on` runs it, and it has passed
    public async Task Run_FusedAuto_MeasuresOnceAndTrainsEverything()
    {
        await using var sandbox = new Sandbox();

        await sandbox.OutputAsync(["run", sandbox.Write("rates.yaml", Rates), "--fused", "auto", .. OneSlot]);

        Assert.Equal(8, (await sandbox.JsonAsync("show", "rates")).GetProperty("summary").GetProperty("ended").GetInt32());
        string log = string.Concat(Directory.EnumerateFiles(sandbox.Data, "*.log", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(log, "local/cpu trains [0-9]+ trials of mlp with batches of 50 as one network"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("33")]
    [InlineData("always")]
    [InlineData("-4")]
    [InlineData("2.5")]
    public async Task Run_FusedThatIsNone_IsRefusedWithWhatWouldBeRight(string value)
    {
        await using var sandbox = new Sandbox();

        Ended console = await sandbox.RunAsync("run", sandbox.Write("rates.yaml", Rates), "--fused", value);
        Ended silo = await sandbox.StartSilo("--data-dir", sandbox.Data, "--fused", value).EndAsync(TimeSpan.FromMinutes(1));

        BadInput.Assert(console, $"--fused must be auto, off or a whole number from 2 to 32, not '{value}'.", value);
        Assert.True(silo.ExitCode == 2, silo.ToString());
        Assert.Contains($"Fused must be auto, off or a whole number from 2 to 32, not '{value}'.", silo.Error, StringComparison.Ordinal);
    }

    private static string Kind(JsonElement trial) => trial.GetProperty("outcome").GetProperty("kind").GetString()!; // it has ended

    private static bool WasFused(JsonElement trial) =>
        trial.GetProperty("run").GetProperty("platform").GetString()!.EndsWith(", fused", StringComparison.Ordinal); // of this program

    private static string Configuration(JsonElement show)
    {
        int winner = show.GetProperty("leaderboard")[0].GetProperty("trials")[0].GetInt32();
        return show.GetProperty("trials").EnumerateArray().Single(trial => trial.GetProperty("number").GetInt32() == winner).GetProperty("configuration").ToString();
    }

    private static void AssertAlike(JsonElement alone, JsonElement fused)
    {
        Assert.Equal(alone.GetProperty("configuration").ToString(), fused.GetProperty("configuration").ToString());
        Assert.Equal(Kind(alone), Kind(fused));
        if (Kind(alone) == "trained")
        {
            // One image in 500 of the test, rounding having chosen otherwise at a ReLU somewhere.
            Assert.Equal(Score(alone, "test_accuracy"), Score(fused, "test_accuracy"), 0.004);
            Assert.Equal(Score(alone, "train_loss"), Score(fused, "train_loss"), 0.01);
        }
    }

    private static double Score(JsonElement trial, string name) => trial.GetProperty("outcome").GetProperty("score").GetProperty(name).GetDouble();
}
