using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Clusters;

/// <summary>One node of a test's cluster: a silo process of one slot with one thread, over as many lives as the test gives it.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="name">Name of the node.</param>
/// <param name="checkpoints">Folder of checkpoints; null: the cluster's.</param>
internal sealed class SiloNode(SiloCluster cluster, string name, string? checkpoints = null)
{
    private SweeperProcess? _process;

    public string Name => name;

    public string Data => Path.Combine(cluster.Sandbox.Root, name);

    /// <summary>Whether its process is there.</summary>
    public bool Runs => _process is { HasExited: false };

    /// <summary>What it has said in this life.</summary>
    public string Output => _process is { } process ? process.Out + process.Error : "";

    /// <summary>Gateway for consoles; the port is the same in every life.</summary>
    public int Gateway { get; } = Ports.Free();

    /// <summary>Starts its silo.</summary>
    public void Start() => _process = cluster.StartSilo(name, Data, Gateway, checkpoints);

    /// <summary>Sends it a signal.</summary>
    public void Signal(string signal) => _process!.Signal(signal); // started with the cluster

    /// <summary>Kills it as a power cut does.</summary>
    public async Task KillAsync()
    {
        Signal("KILL");
        await _process!.EndAsync(SiloCluster.Patience); // started with the cluster
    }

    /// <summary>Asks it to end in good order, and sees it gone.</summary>
    public async Task<Ended> EndAsync()
    {
        Signal("TERM");
        return await _process!.EndAsync(SiloCluster.Patience); // started with the cluster
    }

    /// <summary>Waits until it is part of the cluster and has told the pool of its device.</summary>
    public Task ReadyAsync() => SiloCluster.UntilAsync(IsReadyAsync, () => $"{name} is not ready. Exited: {!Runs}. Output:\n{Output}");

    private async Task<bool> IsReadyAsync()
    {
        Assert.True(Runs, $"{name} has ended:\n{Output}");
        try
        {
            using var described = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Data, "silo.json"), TestContext.Current.CancellationToken));
            using var http = new HttpClient();
            using HttpResponseMessage ready = await http.GetAsync(
                $"http://127.0.0.1:{described.RootElement.GetProperty("httpPort")}/health/ready", TestContext.Current.CancellationToken);
            return ready.IsSuccessStatusCode;
        }
        catch (Exception absent) when (absent is IOException or JsonException or HttpRequestException)
        {
            return false;
        }
    }
}
