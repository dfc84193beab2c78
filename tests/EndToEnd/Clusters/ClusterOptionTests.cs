using System.Globalization;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Clusters;

/// <summary>Options of a silo of a cluster that cannot be used: every problem at once, exit code 2.</summary>
[Collection(ClusterTests.Name)]
public sealed class ClusterOptionTests(ThreeSilos cluster)
{
    /// <summary>Options, and what the message must say.</summary>
    public static TheoryData<string, string[]> Bad => new()
    {
        { "--redis 127.0.0.1:1 --postgres Host=x", ["--node is missing"] },
        { "--redis 127.0.0.1:1 --node a", ["add --postgres"] },
        { "--redis ,colour=red --leash true --cluster-id a/b --listen 0.0.0.0", ["--redis: it", "--postgres", "--node", "--leash", "--cluster-id a/b", "needs --advertise"] },
        { "--redis 127.0.0.1:1 --node a --postgres Host=x --listen here --advertise 0.0.0.0", ["--listen here", "--advertise 0.0.0.0"] },
        { "--cluster-id mine --advertise 10.0.0.1", ["--cluster-id, --advertise", "--redis HOST:PORT"] },
        { "--checkpoint-seconds 0", ["CheckpointSeconds"] },
        { "--checkpoints /proc/nowhere", ["folder of checkpoints", "--checkpoints"] },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Silo_BadOptions_ExitsWith2AndSaysEverything(string options, string[] said)
    {
        await using var sandbox = new Sandbox();

        Ended ended = await sandbox.StartSilo(["--data-dir", sandbox.Data, .. options.Split(' ')]).EndAsync(ThreeSilos.Patience);

        Assert.True(ended.ExitCode == 2, ended.ToString());
        Assert.All(said, word => Assert.Contains(word, ended.Error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Silo_RedisThatRefusesOrIsNotThere_ExitsWith2()
    {
        await cluster.ReadyAsync();
        string port = cluster.Redis.Port.ToString(CultureInfo.InvariantCulture);

        Ended refused = await EndAsync($"127.0.0.1:{port},password=wrong");
        Ended nobody = await EndAsync($"127.0.0.1:{Ports.Free()}");

        Assert.True(refused.ExitCode == 2, refused.ToString());
        Assert.Contains("refuses the password", refused.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", refused.Error, StringComparison.Ordinal);
        Assert.True(nobody.ExitCode == 2, nobody.ToString());
        Assert.Contains("cannot be reached", nobody.Error, StringComparison.Ordinal);

        async Task<Ended> EndAsync(string redis)
        {
            await using var sandbox = new Sandbox();
            return await sandbox.StartSilo("--data-dir", sandbox.Data, "--node", "n9", "--redis", redis, "--postgres", cluster.Postgres).EndAsync(ThreeSilos.Patience);
        }
    }

    [Fact]
    public async Task Silo_NameOfAnotherNode_ExitsWith2AndTheOtherGoesOn()
    {
        await cluster.ReadyAsync();

        await using SweeperProcess second = cluster.StartSilo("n1", Path.Combine(cluster.Sandbox.Root, "second"), Ports.Free());
        Ended ended = await second.EndAsync(ThreeSilos.Patience);

        Assert.True(ended.ExitCode == 2, ended.ToString());
        Assert.Contains("has a silo named 'n1' already", ended.Error, StringComparison.Ordinal);
        Assert.True(cluster.Nodes[0].Runs);
        Assert.Equal(3, (await cluster.WorkersAsync()).Length);
    }
}
