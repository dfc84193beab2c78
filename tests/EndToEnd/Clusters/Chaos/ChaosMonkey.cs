using Xunit;

namespace Sweeper.Tests.EndToEnd.Clusters.Chaos;

/// <summary>Kills and stops silos of a cluster, and its servers, while a sweep runs.</summary>
internal sealed class ChaosMonkey(SiloCluster cluster, ClusterStore store, ChaosSettings settings)
{
    private readonly List<(DateTimeOffset At, string Node, string What)> _hits = [];
    private readonly List<string> _log = [];

    /// <summary>When which silo was hit.</summary>
    public IReadOnlyList<(DateTimeOffset At, string Node, string What)> Hits => _hits;

    /// <summary>Everything that it did.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Goes on until the sweep has ended; whatever was hit is back then.</summary>
    public async Task RunAsync(string sweep, Task ended)
    {
        await Task.WhenAll(HitSilosAsync(ended), HitServersAsync(sweep, ended));
    }

    private async Task HitSilosAsync(Task ended)
    {
        var chance = new Random(settings.Seed);
        while (await PauseAsync(settings.Every, ended))
        {
            SiloNode victim = cluster.Nodes[chance.Next(cluster.Nodes.Count)];
            bool stop = chance.Next(3) == 0; // hangs are rarer than crashes
            _hits.Add((TimeProvider.System.GetUtcNow(), victim.Name, stop ? "SIGSTOP" : "SIGKILL"));
            Note($"{victim.Name}: {(stop ? "SIGSTOP" : "SIGKILL")}");
            if (stop)
            {
                victim.Signal("STOP");
                await Task.Delay(settings.Away);
                victim.Signal("CONT");
            }
            else
            {
                await victim.KillAsync();
                await Task.Delay(settings.Away);
                victim.Start();
            }
        }
    }

    /// <summary>Each server in turn, spread over the sweep.</summary>
    private async Task HitServersAsync(string sweep, Task ended)
    {
        int hits = 2 * settings.ServerLosses;
        for (int hit = 1; hit <= hits; hit++)
        {
            int due = settings.Trials * hit / (hits + 1);
            while (await store.EndedAsync(sweep) < due)
            {
                Assert.True(await PauseAsync(TimeSpan.FromMilliseconds(250), ended), $"the sweep ended before server loss {hit}");
            }

            bool redis = hit % 2 == 1;
            Note($"{(redis ? "Redis" : "PostgreSQL")} is killed after {due} trials");
            await (redis ? cluster.Redis.KillAsync() : cluster.PostgreSql.KillAsync());
            await Task.Delay(settings.Away);
            await (redis ? cluster.Redis.StartAsync() : cluster.PostgreSql.RestartAsync());
            Note($"{(redis ? "Redis" : "PostgreSQL")} is back");
        }
    }

    private static async Task<bool> PauseAsync(TimeSpan time, Task ended)
    {
        await Task.WhenAny(ended, Task.Delay(time, TestContext.Current.CancellationToken));
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        return !ended.IsCompleted;
    }

    private void Note(string what)
    {
        lock (_log)
        {
            _log.Add(FormattableString.Invariant($"{TimeProvider.System.GetUtcNow():HH:mm:ss.f} {what}"));
        }
    }
}
