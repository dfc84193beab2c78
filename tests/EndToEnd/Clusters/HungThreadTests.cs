using System.Diagnostics;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Clusters;

/// <summary>A job whose thread hangs in the kernel, here in opening a pipe that nobody writes to.</summary>
[Collection(ClusterTests.Name)]
public sealed class HungThreadTests(ThreeSilos cluster)
{
    [Fact]
    public async Task Job_ThatHangs_RunsElsewhereAndItsSiloStartsAnew()
    {
        await cluster.ReadyAsync();
        SiloNode victim = cluster.Nodes[1];
        await Task.WhenAll(victim.EndAsync(), cluster.Nodes[2].EndAsync()); // only the first has the data in memory
        string folder = Path.Combine(cluster.Sandbox.Root, "stuck-data");
        IdxFiles.Write(folder, side: 28);
        await cluster.SubmitAsync("stuck", $$"""
            name: stuck
            data: {set: mnist, path: {{folder}}, validation: 0.2}
            model: mlp
            training: {epochs: 800}
            search: {strategy: random, trials: 6, space: {max_lr: {log: [0.003, 0.1]}, batch_size: 10, weight_decay: 0, dropout: 0} }
            limits: {no_progress: 5s}
            """);
        string images = Path.Combine(folder, "train-images-idx3-ubyte");
        File.Move(images, images + ".away");
        using (Process pipe = Process.Start("mkfifo", images))
        {
            await pipe.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        victim.Start();
        await SiloCluster.UntilAsync(
            () => Task.FromResult(victim.Output.Contains("starts anew", StringComparison.Ordinal)), () => "it was not noticed:\n" + victim.Output);
        File.Move(images + ".away", images, overwrite: true);
        await cluster.ReadyAsync(); // all three

        var store = new ClusterStore(cluster);
        (int trial, _, _, _, _, string? endedAs) = Assert.Single(await store.AttemptsAsync("stuck"), attempt => attempt is { Node: "n2", Attempt: 1, EndedAs: not null });
        Assert.Equal("lost", endedAs);
        await SiloCluster.UntilAsync(async () => (await store.WorkersOfAsync("stuck", trial)).Length > 1, () => "it is not tried again");
        await cluster.OutputAsync("cancel", "stuck");
        Assert.Contains("made no step on n2/cpu for 5 s", await cluster.OutputAsync("why", "stuck", $"T-{trial:0000}"), StringComparison.Ordinal);
    }
}
