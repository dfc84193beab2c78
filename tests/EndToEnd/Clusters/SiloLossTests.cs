using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Clusters;

/// <summary>Silos of a cluster that are killed, hang or leave: nothing is lost, nothing counts twice, nobody has to help.</summary>
[Collection(ClusterTests.Name)]
public sealed class SiloLossTests(ThreeSilos cluster)
{
    /// <summary>Epochs of a trial that is long enough to have a checkpoint well before its end.</summary>
    private const double Long = 20;

    private readonly ClusterStore _store = new(cluster);

    [Fact(Explicit = true)] // Explicit for its time; `Sweeper.Tests.EndToEnd -namespace '*.Clusters' -explicit on` runs it, and it has passed
    public async Task Watch_EverySiloKilledInTurn_ShowsEveryEndAndNoTrialRunsTwice()
    {
        await cluster.ReadyAsync();
        await using SweeperProcess console = cluster.Start("run", cluster.Sandbox.Write("killed.yaml", Specs.Trials("killed", 1000, epochs: 4)), "--no-reuse"); // more than there is time for
        foreach (SiloNode node in cluster.Nodes) // one of them is the coordinator's, one the pool's, one the console's gateway
        {
            await RunningWithCheckpointAsync("killed", node);
            await node.KillAsync();
            node.Start();
            await node.ReadyAsync();
        }

        await ThreeSilos.UntilAsync(async () => await _store.EndedAsync("killed") >= 6, () => "the sweep does not go on");
        await cluster.OutputAsync("cancel", "killed");
        Ended ended = await console.EndAsync(ThreeSilos.Patience);

        Assert.True(ended.ExitCode == 1, ended.ToString()); // it was cancelled
        int[] trials = [.. (await cluster.JsonAsync("show", "killed")).GetProperty("trials").EnumerateArray().Where(HasRun).Select(trial => trial.GetProperty("number").GetInt32())];
        Assert.All(trials, trial => Assert.Matches($"T-{trial:0000} (validation|diverged)", ended.Out));
        Assert.Equal([], await _store.RepeatedAsync("killed"));
    }

    [Fact]
    public async Task Silo_KilledUnderATrial_TheTrialGoesOnElsewhereToTheSameNumbers()
    {
        await cluster.ReadyAsync();
        await using var alone = new Sandbox();
        await alone.OutputAsync("run", alone.Write("resumed.yaml", Specs.Trials("resumed", 3, Long)), "--threads", "1", "--slots", "1");
        await cluster.SubmitAsync("resumed", Specs.Trials("resumed", 3, Long));
        SiloNode victim = cluster.Nodes[1];
        string trial = await RunningWithCheckpointAsync("resumed", victim);

        await victim.KillAsync();
        await cluster.OutputAsync("watch", "resumed");

        JsonElement run = await TrialAsync("resumed", trial);
        Assert.Equal(2, run.GetProperty("attempts").GetInt32());
        Assert.True(run.GetProperty("run").GetProperty("resumed_from_step").GetInt32() > 0, run.ToString());
        Assert.NotEqual("n2", Worker(run));
        Assert.True((await _store.EndsAsync("resumed")).Where(IsNoOutcome).SequenceEqual(["lost"]), await _store.HistoryAsync("resumed"));
        Assert.Equal(await Numbers.OfAsync(alone, "resumed"), Numbers.Of(await cluster.JsonAsync("show", "resumed")));
    }

    [Fact(Explicit = true)] // Explicit for its time; `Sweeper.Tests.EndToEnd -namespace '*.Clusters' -explicit on` runs it, and it has passed
    public async Task Silo_ThatHangs_IsGivenUpAndTakesNewWorkWhenItWakes()
    {
        await cluster.ReadyAsync();
        await cluster.SubmitAsync("hung", Specs.Trials("hung", 4, Long));
        SiloNode victim = cluster.Nodes[2];
        string trial = await RunningWithCheckpointAsync("hung", victim);

        victim.Signal("STOP");
        await ThreeSilos.UntilAsync(async () => await _store.RunningOnAsync("hung", "n3") is null, () => "the hung silo is not given up");
        victim.Signal("CONT");
        await ThreeSilos.UntilAsync(() => Task.FromResult(victim.Output.Contains("It starts anew", StringComparison.Ordinal)), () => "the silo does not notice:\n" + victim.Output);
        await cluster.OutputAsync("watch", "hung");

        Assert.Equal(2, (await TrialAsync("hung", trial)).GetProperty("attempts").GetInt32());
        Assert.Equal([], await _store.RepeatedAsync("hung"));
        await cluster.ReadyAsync(); // all three, in the same processes
        await cluster.SubmitAsync("awake", Specs.Trials("awake", 3, Long));
        await RunningWithCheckpointAsync("awake", victim);
        await cluster.OutputAsync("cancel", "awake");
    }

    [Fact]
    public async Task Silo_ToldToEnd_HandsItsTrialOverAtTheVeryStep()
    {
        await cluster.ReadyAsync();
        await cluster.SubmitAsync("left", Specs.Trials("left", 3, Long));
        SiloNode leaving = cluster.Nodes[0];
        string trial = await RunningWithCheckpointAsync("left", leaving);

        Ended ended = await leaving.EndAsync();
        await cluster.OutputAsync("watch", "left");

        Assert.True(ended.ExitCode == 0, ended.ToString());
        JsonElement run = await TrialAsync("left", trial);
        Assert.True(run.GetProperty("run").GetProperty("resumed_from_step").GetInt32() > 0, run.ToString());
        Assert.NotEqual("n1", Worker(run));
        Assert.Equal(["handed_back"], (await _store.EndsAsync("left")).Where(IsNoOutcome));
    }

    [Fact(Explicit = true)] // Explicit for its time; `Sweeper.Tests.EndToEnd -namespace '*.Clusters' -explicit on` runs it, and it has passed
    public async Task Cluster_KilledAsAWhole_GoesOnByItselfWhenItIsBack()
    {
        await cluster.ReadyAsync();
        await cluster.SubmitAsync("dark", Specs.Trials("dark", 4, Long));
        await RunningWithCheckpointAsync("dark", cluster.Nodes[0]);
        foreach (SiloNode node in cluster.Nodes)
        {
            await node.KillAsync();
        }

        await cluster.ReadyAsync();
        await ThreeSilos.UntilAsync(async () => await _store.EndedAsync("dark") == 4, () => "the sweep does not go on");

        Assert.Equal([], await _store.RepeatedAsync("dark"));
        Assert.Contains("lost", await _store.EndsAsync("dark"));
    }

    [Fact]
    public async Task Trial_UnderWhichTwoSilosDie_IsQuarantinedAndKillsNoThird()
    {
        await cluster.ReadyAsync();
        await cluster.SubmitAsync("poison", Specs.Trials("poison", 1, epochs: 1000, attempts: 5));
        for (int death = 1; death <= 2; death++)
        {
            SiloNode? runner = null;
            await ThreeSilos.UntilAsync(async () => (runner = await RunnerAsync()) is not null, () => $"nobody runs the trial for the {death}th time");
            await runner!.KillAsync(); // waited for
        }

        Ended ended = await cluster.Start("watch", "poison").EndAsync(ThreeSilos.Patience);

        Assert.True(ended.ExitCode == 1, ended.ToString());
        JsonElement trial = await TrialAsync("poison", "T-0001");
        Assert.Equal(2, trial.GetProperty("attempts").GetInt32());
        Assert.StartsWith("quarantined: 2 silos died while it ran", trial.GetProperty("outcome").GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    /// <summary>The living node whose worker says that it is at work; null where none is.</summary>
    private async Task<SiloNode?> RunnerAsync()
    {
        JsonElement[] workers = await cluster.WorkersAsync();
        return cluster.Nodes.FirstOrDefault(node => node.Runs && workers.Any(worker =>
            worker.GetProperty("key").ToString().Contains(node.Name, StringComparison.Ordinal) && worker.GetProperty("running").GetArrayLength() > 0));
    }

    /// <summary>Waits until a node runs a trial that has a checkpoint; its name.</summary>
    private async Task<string> RunningWithCheckpointAsync(string sweep, SiloNode node)
    {
        string? trial = null;
        await ThreeSilos.UntilAsync(
            async () => (trial = await _store.RunningOnAsync(sweep, node.Name)) is not null
                && File.Exists(Path.Combine(cluster.Checkpoints, sweep, trial + ".ckpt")),
            () => $"{node.Name} runs no trial of {sweep}, or one that is never saved. Output:\n{node.Output}");
        return trial!; // waited for
    }

    private async Task<JsonElement> TrialAsync(string sweep, string trial)
    {
        int number = int.Parse(trial[2..], CultureInfo.InvariantCulture);
        JsonElement shown = await cluster.JsonAsync("show", sweep);
        return shown.GetProperty("trials").EnumerateArray().Single(row => row.GetProperty("number").GetInt32() == number);
    }

    private static bool HasRun(JsonElement trial) =>
        trial.GetProperty("outcome").ValueKind == JsonValueKind.Object && trial.GetProperty("outcome").GetProperty("kind").GetString() is "trained" or "diverged";

    private static bool IsNoOutcome(string end) => end is "lost" or "handed_back";

    private static string Worker(JsonElement trial) => trial.GetProperty("run").GetProperty("worker").GetString()!.Split('/')[0]; // a trial that ran has one
}
