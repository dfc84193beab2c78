using System.Collections.Immutable;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Clusters;

/// <summary>Redis and PostgreSQL killed under a running sweep, and started again: trials run on, no result is lost, nobody has to help.</summary>
[Collection(ClusterTests.Name)]
public sealed class ServerLossTests(ThreeSilos cluster)
{
    private const int Trials = 8;
    private const double Epochs = 8;

    private readonly ClusterStore _store = new(cluster);

    [Fact]
    public async Task Redis_KilledAndStartedAgain_TheSweepDoesNotNotice()
    {
        await cluster.ReadyAsync();
        await cluster.SubmitAsync("redis", Specs.Trials("redis", Trials, Epochs));
        await EndedAsync("redis", 1);

        await cluster.Redis.KillAsync();
        await EndedAsync("redis", 4); // without it
        await cluster.Redis.StartAsync();
        await EndedAsync("redis", Trials);

        await AssertNothingWasRepeatedAsync("redis");
        SiloNode node = cluster.Nodes[1];
        await node.EndAsync(); // the list of silos is as good as before: one leaves it and comes back
        await cluster.ReadyAsync();
    }

    [Fact]
    public async Task PostgreSql_KilledAndStartedAgain_NoResultIsLost()
    {
        await cluster.ReadyAsync();
        await cluster.SubmitAsync("postgres", Specs.Trials("postgres", Trials, Epochs));
        await EndedAsync("postgres", 1);

        await cluster.PostgreSql.KillAsync();
        await ThreeSilos.UntilAsync( // a trial ends meanwhile, and its silo cannot get rid of the result
            () => Task.FromResult(cluster.Nodes.Any(node => node.Output.Contains("The end of postgres/", StringComparison.Ordinal))), () => "no trial has ended without the store");
        await cluster.PostgreSql.RestartAsync();
        await EndedAsync("postgres", Trials);

        await AssertNothingWasRepeatedAsync("postgres");
    }

    private Task EndedAsync(string sweep, int trials) => ThreeSilos.UntilAsync(
        async () => await _store.EndedAsync(sweep) >= trials, () => $"{sweep}: there are not {trials} trials that have ended. n1 says:\n{cluster.Nodes[0].Output}");

    private async Task AssertNothingWasRepeatedAsync(string sweep)
    {
        ImmutableArray<string> ends = await _store.EndsAsync(sweep);
        Assert.True(ends.Length == Trials, await _store.HistoryAsync(sweep));
        Assert.DoesNotContain("lost", ends);
        Assert.DoesNotContain("handed_back", ends);
    }
}
