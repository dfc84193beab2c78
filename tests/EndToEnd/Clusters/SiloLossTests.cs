using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Clusters;

/// <summary>Silos of a cluster that are killed, hang or leave: nothing is lost, nothing counts twice, nobody has to help.</summary>
[Collection(ClusterTests.Name)]
public sealed class SiloLossTests(ThreeSilos cluster)
{
    /// <summary>Epochs of a trial that is long enough to have a checkpoint well before its end.</summary>
    private const double Long = 60;

    private readonly ClusterStore _store = new(cluster);

    [Fact]
    public async Task Run_EverySiloKilledInTurn_TheConsoleFollowsToTheSameNumbers()
    {
        await cluster.ReadyAsync();
        await using var alone = new Sandbox();
        await alone.OutputAsync("run", alone.Write("killed.yaml", Specs.Trials("killed", 12, Long)), "--threads", "1", "--slots", "1");

        await using SweeperProcess console = cluster.Start("run", cluster.Sandbox.Write("killed.yaml", Specs.Trials("killed", 12, Long)));
        foreach (SiloNode node in cluster.Nodes) // one of them is the coordinator's, one the pool's
        {
            await RunningWithCheckpointAsync("killed", node);
            await node.KillAsync();
            node.Start();
            await node.ReadyAsync();
        }

        Ended ended = await console.EndAsync(ThreeSilos.Patience);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.All(Enumerable.Range(1, 12), trial => Assert.Matches($"T-{trial:0000} validation ", ended.Out));
        Assert.Equal([], await _store.RepeatedAsync("killed"));
        Assert.Equal(await Numbers.OfAsync(alone, "killed"), Numbers.Of(await cluster.JsonAsync("show", "killed")));
    }

    [Fact]
    public async Task Silo_KilledUnderATrial_TheTrialGoesOnElsewhereFromItsCheckpoint()
    {
        await cluster.ReadyAsync();
        await cluster.SubmitAsync("resumed", Specs.Trials("resumed", 6, Long));
        SiloNode victim = cluster.Nodes[1];
        string trial = await RunningWithCheckpointAsync("resumed", victim);

        await victim.KillAsync();
        await cluster.OutputAsync("watch", "resumed");

        JsonElement run = await TrialAsync("resumed", trial);
        Assert.Equal(2, run.GetProperty("attempts").GetInt32());
        Assert.True(run.GetProperty("run").GetProperty("resumed_from_step").GetInt32() > 0, run.ToString());
        Assert.NotEqual("n2", Worker(run));
        Assert.Equal(["lost"], (await _store.EndsAsync("resumed")).Where(end => end != "trained"));
    }

    [Fact]
    public async Task Silo_ThatHangs_IsGivenUpAndTakesNewWorkWhenItWakes()
    {
        await cluster.ReadyAsync();
        await cluster.SubmitAsync("hung", Specs.Trials("hung", 8, Long));
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
        await cluster.SubmitAsync("left", Specs.Trials("left", 6, Long));
        SiloNode leaving = cluster.Nodes[0];
        string trial = await RunningWithCheckpointAsync("left", leaving);

        Ended ended = await leaving.EndAsync();
        await cluster.OutputAsync("watch", "left");

        Assert.True(ended.ExitCode == 0, ended.ToString());
        JsonElement run = await TrialAsync("left", trial);
        Assert.True(run.GetProperty("run").GetProperty("resumed_from_step").GetInt32() > 0, run.ToString());
        Assert.NotEqual("n1", Worker(run));
        Assert.Equal(["handed_back"], (await _store.EndsAsync("left")).Where(end => end != "trained"));
    }

    [Fact]
    public async Task Cluster_KilledAsAWhole_GoesOnByItselfWhenItIsBack()
    {
        await cluster.ReadyAsync();
        await cluster.SubmitAsync("dark", Specs.Trials("dark", 6, Long));
        await RunningWithCheckpointAsync("dark", cluster.Nodes[0]);
        foreach (SiloNode node in cluster.Nodes)
        {
            await node.KillAsync();
        }

        await cluster.ReadyAsync();
        await ThreeSilos.UntilAsync(async () => await _store.EndedAsync("dark") == 6, () => "the sweep does not go on");

        Assert.Equal([], await _store.RepeatedAsync("dark"));
        Assert.Equal(3, (await _store.EndsAsync("dark")).Count(end => end == "lost"));
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

    private static string Worker(JsonElement trial) => trial.GetProperty("run").GetProperty("worker").GetString()!.Split('/')[0]; // a trial that ran has one
}
