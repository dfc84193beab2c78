using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Population-based training through the console, with real trainings.</summary>
public sealed class PopulationTests
{
    private const string Spec = """
        name: people
        seed: 4
        data: {set: synthetic, train_size: 600}
        model: mlp
        training: {epochs: 1}
        search:
          strategy: pbt
          population: 4
          generations: 3
          space: {max_lr: {log: [0.003, 0.02]}, batch_size: [20, 40], weight_decay: 1e-4, dropout: 0}
        """;

    private static readonly string[] Fast = ["--threads", "1", "--slots", "2"];

    [Fact]
    public async Task Run_Population_GoesOnFromWeightsAndIsTheSameAfterAKill()
    {
        await using var quiet = new Sandbox();
        string spec = quiet.Write("people.yaml", Spec);
        Assert.Contains("12", await quiet.OutputAsync(["preview", spec, .. Fast]), StringComparison.Ordinal);

        string output = await quiet.OutputAsync(["run", spec, .. Fast]);

        Assert.Contains("epochs", output, StringComparison.Ordinal);
        JsonElement show = await quiet.JsonAsync("show", "people");
        JsonElement[] trials = [.. show.GetProperty("trials").EnumerateArray()];
        Assert.Equal(12, trials.Length);
        Assert.All(trials, trial => Assert.Equal("trained", trial.GetProperty("outcome").GetProperty("kind").GetString()));
        Assert.All(trials.Take(4), trial => Assert.Equal(JsonValueKind.Null, Lineage(trial).GetProperty("weights_from").ValueKind));
        Assert.All(trials.Skip(4), trial => Assert.InRange(Lineage(trial).GetProperty("weights_from").GetInt32(), trial.GetProperty("number").GetInt32() < 9 ? 1 : 5, trial.GetProperty("number").GetInt32() < 9 ? 4 : 8));
        Assert.Equal(3, show.GetProperty("leaderboard")[0].GetProperty("line_epochs").GetDouble());
        string why = await quiet.OutputAsync("why", "people", "T-0012");
        Assert.Contains("generation 3, member 4: ", why, StringComparison.Ordinal);
        Assert.Contains("generation 1, member ", why, StringComparison.Ordinal);
        Assert.Empty(Weights(quiet));

        await using var killed = new Sandbox();
        SweeperProcess console = killed.Start(["run", killed.Write("people.yaml", Spec), .. Fast]);
        await console.SaysAsync("T-0007 started");
        Assert.True(await killed.KillSiloAsync());
        Ended end = await console.EndAsync(TimeSpan.FromMinutes(3));

        Assert.True(end.ExitCode == 0, end.ToString());
        Assert.Equal(trials.Select(Told), (await killed.JsonAsync("show", "people")).GetProperty("trials").EnumerateArray().Select(Told));
        Assert.Empty(Weights(killed));
    }

    [Fact]
    public async Task Run_WeightsThatAreGone_FailTheRunsThatNeedThemAndNeverStartFresh()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("people.yaml", Spec.Replace("generations: 3", "generations: 2", StringComparison.Ordinal) + "\nlimits: {trials: 4}");
        await sandbox.OutputAsync(["run", spec, .. Fast]);
        Assert.Equal(4, Weights(sandbox).Length); // a limit ended it: a wider one lets it go on
        foreach (string file in Weights(sandbox))
        {
            File.Delete(file);
        }

        await sandbox.OutputAsync("set", "people", "limits.trials=8");
        await sandbox.RunAsync(["run", spec, .. Fast]);

        JsonElement[] late = [.. (await sandbox.JsonAsync("show", "people")).GetProperty("trials").EnumerateArray().Skip(4)];
        Assert.Equal(4, late.Length);
        Assert.All(late, trial => Assert.Contains("the weights that this run starts from are missing", trial.GetProperty("outcome").GetProperty("error").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_BadPopulations_NameEveryProblem()
    {
        await using var sandbox = new Sandbox();
        string bad = Spec
            .Replace("population: 4", "population: 3", StringComparison.Ordinal)
            .Replace("generations: 3", "generations: 1\n  trials: 5\n  seeds: 2\n  stopping: same_phase", StringComparison.Ordinal);

        Ended ended = await sandbox.RunAsync("run", sandbox.Write("bad.yaml", bad));

        BadInput.Assert(ended, "search.population: must be in [4, 1000]", "a population of three");
        Assert.Contains("search.generations: must be in [2, 1000]", ended.Error, StringComparison.Ordinal);
        Assert.Contains("search.trials: has an effect only with strategy random", ended.Error, StringComparison.Ordinal);
        Assert.Contains("search.seeds: must be 1 with strategy pbt", ended.Error, StringComparison.Ordinal);
        Assert.Contains("cannot stand beside strategy pbt", ended.Error, StringComparison.Ordinal);
        BadInput.Assert(
            await sandbox.RunAsync("run", sandbox.Write("bad.yaml", Spec.Replace("{epochs: 1}", "{steps: 30}", StringComparison.Ordinal))), "is not for strategy pbt, which adds up", "a length in steps");
    }

    private static string[] Weights(Sandbox sandbox)
    {
        string folder = Path.Combine(sandbox.Data, "checkpoints", "people");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.weights") : [];
    }

    private static JsonElement Lineage(JsonElement trial) => trial.GetProperty("plan").GetProperty("lineage");

    private static string Told(JsonElement trial) => $"{trial.GetProperty("configuration")} {Lineage(trial)} {trial.GetProperty("outcome")}";
}
