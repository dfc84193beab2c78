using System.Globalization;
using Sweeper.Tests.EndToEnd.Clusters;
using Sweeper.Tests.EndToEnd.Telemetry;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Sweeper.Tests.EndToEnd.Kubernetes;

/// <summary>The manifest of the silos and the example, by the programs themselves.</summary>
[Collection(ClusterTests.Name)]
public sealed class ManifestTests(ThreeSilos cluster)
{
    private static readonly string Folder = Path.GetDirectoryName(Observability.Folder)!; // k8s

    /// <summary>A real silo with the environment of the manifest; only what a pod would fill in, and ports and folders, are others.</summary>
    [Fact]
    public async Task Silo_WithTheEnvironmentOfItsManifest_AnswersItsProbes()
    {
        await cluster.ReadyAsync();
        await using var sandbox = new Sandbox();
        YamlNode container = Container("base", "silo-statefulset.yaml");
        string database = await cluster.PostgreSql.CreateDatabaseAsync(TestContext.Current.CancellationToken); // with no open sweep in it
        string http = Ports.Free().ToString(CultureInfo.InvariantCulture);
        var pod = new Dictionary<string, string>
        {
            ["Sweeper__Node"] = "sweeper-silo-0",
            ["Sweeper__Advertise"] = "127.0.0.1",
            ["Sweeper__Listen"] = "127.0.0.1",
            ["Sweeper__Redis"] = cluster.Redis.ConnectionString,
            ["Sweeper__Postgres"] = cluster.PostgreSql.ConnectionString(database),
            ["Sweeper__ClusterId"] = "of-the-manifest", // not a part of the other tests' cluster
            ["Sweeper__DataDirectory"] = sandbox.Data,
            ["Sweeper__Checkpoints"] = Path.Combine(sandbox.Root, "checkpoints"),
            ["Sweeper__SiloPort"] = "0",
            ["Sweeper__GatewayPort"] = "0",
            ["Sweeper__HttpPort"] = http,
            ["HOME"] = sandbox.Root,
        };
        (string Name, string Value)[] environment =
        [
            .. List(container, "env").Select(variable => Text(variable, "name")).Select(name => (name, pod.TryGetValue(name, out string? own) ? own : Text(List(container, "env").Single(variable => Text(variable, "name") == name), "value"))),
            ("Sweeper__Slots", "1"),
            ("Sweeper__Threads", "1"),
        ];

        SweeperProcess silo = sandbox.StartSiloWith(environment);
        foreach (string probe in (string[])["startupProbe", "livenessProbe", "readinessProbe"])
        {
            string path = Text(At(At(container, probe), "httpGet"), "path");
            await ThreeSilos.UntilAsync(
                async () => !silo.HasExited && await AnswersAsync($"http://127.0.0.1:{http}{path}"),
                () => $"{probe} {path} is not answered. Exited: {silo.HasExited}\n{silo.Out}{silo.Error}");
        }

        Assert.True(await AnswersAsync($"http://127.0.0.1:{http}/metrics"), "the manifest asks for measurements");
        silo.Signal("TERM");
        Ended ended = await silo.EndAsync(ThreeSilos.Patience);
        Assert.True(ended.ExitCode == 0, ended.ToString());
    }

    [Fact]
    public async Task Example_Sweep_IsAValidSpec()
    {
        await using var sandbox = new Sandbox();

        await sandbox.OutputAsync("validate", Path.Combine(Folder, "examples", "submit", "sweep.yaml"));
    }

    private static async Task<bool> AnswersAsync(string url)
    {
        using var client = new HttpClient();
        try
        {
            using HttpResponseMessage answer = await client.GetAsync(url, TestContext.Current.CancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception silent) when (silent is HttpRequestException or TaskCanceledException && !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static YamlNode Container(params string[] file)
    {
        var stream = new YamlStream();
        using StreamReader text = File.OpenText(Path.Combine([Folder, .. file]));
        stream.Load(text);
        return List(At(At(At(stream.Documents[0].RootNode, "spec"), "template"), "spec"), "containers").Single();
    }

    private static YamlNode At(YamlNode node, string key) => node[key];

    private static IEnumerable<YamlNode> List(YamlNode node, string key) => (YamlSequenceNode)node[key];

    private static string Text(YamlNode node, string key) => ((YamlScalarNode)node[key]).Value ?? "";
}
