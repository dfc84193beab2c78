using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Clusters;

/// <summary>Redis, PostgreSQL and silos on loopback, all real. Every test finds all of them well, whatever the last one did to them.</summary>
/// <param name="silos">How many silos.</param>
public class SiloCluster(int silos) : IAsyncDisposable
{
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private string? _database;
    private SiloNode[] _nodes = [];

    internal Sandbox Sandbox { get; } = new();

    /// <summary>Further options of a node's silo.</summary>
    internal Func<string, string[]> OptionsOf { get; init; } = _ => [];

    internal PostgreSqlServer PostgreSql { get; } = new();

    internal RedisServer Redis => field ??= new RedisServer(Path.Combine(Sandbox.Root, "redis"));

    /// <summary>The nodes, <c>n1</c> and so on.</summary>
    internal IReadOnlyList<SiloNode> Nodes => _nodes;

    /// <summary>Folder that all silos keep their checkpoints in.</summary>
    internal string Checkpoints => Path.Combine(Sandbox.Root, "checkpoints");

    /// <summary>Connection string of the store.</summary>
    internal string Postgres => PostgreSql.ConnectionString(_database!); // created before anything else

    internal string Gateways => string.Join(',', _nodes.Select(node => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{node.Gateway}")));

    /// <summary>Sees everything running; skips the test where a server's program is missing.</summary>
    internal async Task ReadyAsync()
    {
        RedisServer.Require();
        if (_database is null)
        {
            _database = await PostgreSql.CreateDatabaseAsync(TestContext.Current.CancellationToken); // skips, too
            await Redis.StartAsync();
            _nodes = [.. Enumerable.Range(1, silos).Select(number => new SiloNode(this, string.Create(CultureInfo.InvariantCulture, $"n{number}")))];
        }

        foreach (SiloNode node in _nodes.Where(node => !node.Runs))
        {
            node.Start();
        }

        await Task.WhenAll(_nodes.Select(node => node.ReadyAsync()));
        await UntilAsync(async () => (await WorkersAsync()).Length == _nodes.Length, () => "not every worker is known");
    }

    /// <summary>Runs a console command on the cluster that must succeed; its output.</summary>
    internal Task<string> OutputAsync(params string[] arguments) => Sandbox.OutputAsync([.. arguments, "--cluster", Gateways]);

    /// <summary>Runs a console command with <c>-o json</c> on the cluster that must succeed.</summary>
    internal Task<JsonElement> JsonAsync(params string[] arguments) => Sandbox.JsonAsync([.. arguments, "--cluster", Gateways]);

    /// <summary>What <c>sweeper workers</c> shows; nothing while the pool is on its way from a silo that died to another.</summary>
    internal async Task<JsonElement[]> WorkersAsync()
    {
        Ended ended = await Start("workers", "-o", "json").EndAsync(Patience);
        Assert.True(ended.ExitCode is 0 or 3, ended.ToString()); // 3: the cluster does not answer
        return ended.ExitCode == 0 ? [.. JsonDocument.Parse(ended.Out).RootElement.EnumerateArray()] : [];
    }

    /// <summary>Starts a console command on the cluster.</summary>
    internal SweeperProcess Start(params string[] arguments) => Sandbox.Start([.. arguments, "--cluster", Gateways]);

    /// <summary>Submits a sweep; its trials are those of others, and run all the same.</summary>
    internal Task SubmitAsync(string name, string spec) => OutputAsync("submit", Sandbox.Write($"{name}.yaml", spec), "--no-reuse");

    /// <summary>Starts a silo of the cluster.</summary>
    internal SweeperProcess StartSilo(string node, string data, int gateway, string? checkpoints = null) => Sandbox.StartSilo(
        [
            "--data-dir", data, "--node", node, "--gateway-port", gateway.ToString(CultureInfo.InvariantCulture), "--redis", Redis.ConnectionString,
            "--postgres", Postgres, "--data-root", Sandbox.Root, "--checkpoints", checkpoints ?? Checkpoints, "--checkpoint-seconds", "0.1", "--slots", "1", "--threads", "1", .. OptionsOf(node),
        ]);

    /// <summary>Waits for something.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> wanted, Func<string> complaint)
    {
        var watch = Stopwatch.StartNew();
        while (!await wanted())
        {
            Assert.True(watch.Elapsed < Patience, complaint());
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await Redis.DisposeAsync(); // its folder is the sandbox's
        }

        await Sandbox.DisposeAsync();
        await PostgreSql.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
