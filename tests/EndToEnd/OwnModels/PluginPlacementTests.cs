using System.Text.Json;
using Sweeper.Tests.EndToEnd.Clusters;
using Xunit;

namespace Sweeper.Tests.EndToEnd.OwnModels;

/// <summary>A cluster of which one node has the plug-in.</summary>
[Collection(ClusterTests.Name)]
public sealed class PluginPlacementTests
{
    [Fact(Explicit = true)] // Explicit for its time; `Sweeper.Tests.EndToEnd -class '*PluginPlacementTests' -explicit on` runs it, and it has passed
    public async Task Run_OneNodeHasThePlugin_TrainsEveryTrialThere()
    {
        var made = new Sandbox(); // before the cluster's, which starts with the folder in place
        var plugins = new PluginFolder(made);
        plugins.AddExample();
        await using var cluster = new SiloCluster(2) { OptionsOf = node => node == "n2" ? ["--plugins", plugins.Root] : [] };
        await cluster.ReadyAsync();
        string spec = cluster.Sandbox.Write("placed.yaml", """
            name: placed
            seed: 1
            data: synthetic
            model: {name: my-net, plugin: my-net, settings: {width: [4, 8]}}
            training: {epochs: 1}
            search: {seeds: 3, space: {max_lr: 0.05, batch_size: 64, weight_decay: 1e-4, dropout: 0}}
            """);

        await cluster.OutputAsync("run", spec);
        Ended absent = await cluster.Start("run", cluster.Sandbox.Write("absent.yaml", (await File.ReadAllTextAsync(spec, TestContext.Current.CancellationToken))
            .Replace("placed", "absent", StringComparison.Ordinal).Replace("plugin: my-net", "plugin: nobodys", StringComparison.Ordinal))).EndAsync(SiloCluster.Patience);

        JsonElement[] trials = [.. (await cluster.JsonAsync("show", "placed")).GetProperty("trials").EnumerateArray()];
        Assert.Equal(6, trials.Length);
        Assert.All(trials, trial => Assert.Equal("n2/cpu", trial.GetProperty("run").GetProperty("worker").GetString()));
        BadInput.Assert(absent, "nobodys", "a plug-in that no node has");
        await made.DisposeAsync();
    }
}
