using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Clusters.Chaos;

/// <summary>
/// Four silos that are killed and stopped at random, and return, while a sweep runs, Redis and PostgreSQL killed meanwhile:
/// nothing is lost, nothing counts twice, every number is that of an undisturbed run.
/// </summary>
public sealed class ChaosTests(ITestOutputHelper output)
{
    private const string Sweep = "chaos";

    /// <summary>40 trials, a hit every 6 s: four minutes of two cores, which is why <c>-explicit on</c> has to ask for it.</summary>
    [Fact(Explicit = true)]
    public Task Cluster_HitAgainAndAgain_ShortRun() => RunAsync(ChaosSettings.Short, TimeSpan.FromMinutes(10));

    /// <summary>1,000 trials, a hit every 20 s: more than a test run has time for. <c>SWEEPER_CHAOS_TRIALS</c>, <c>_SEED</c> and <c>_EVERY</c> change it.</summary>
    [Fact(Explicit = true)]
    public Task Cluster_HitAgainAndAgain_LongRun() => RunAsync(ChaosSettings.Long, TimeSpan.FromHours(2));

    private async Task RunAsync(ChaosSettings settings, TimeSpan limit)
    {
        await using var cluster = new SiloCluster(ChaosSettings.Silos);
        await cluster.ReadyAsync();

        // At rates at which every trial learns: one at chance is stopped by a coordinator that lives, and ends by itself under one that is away.
        string spec = Specs.Trials(Sweep, settings.Trials, settings.Epochs, attempts: 100, highest: 0.03)
            .Replace("strategy: random", "strategy: random\n  stopping: none", StringComparison.Ordinal) // which results stop others goes by their order
            .Replace("weight_decay: 1e-4", "weight_decay: {log: [1e-5, 1e-3]}", StringComparison.Ordinal); // a rate alone has too few values of three digits
        await using var undisturbed = new Sandbox();
        Ended alone = await undisturbed.Start("run", undisturbed.Write("chaos.yaml", spec), "--slots", "2", "--threads", "1").EndAsync(limit);
        Assert.True(alone.ExitCode == 0, alone.ToString());

        var watch = Stopwatch.StartNew();
        await cluster.SubmitAsync(Sweep, spec);
        await using SweeperProcess console = cluster.Start("watch", Sweep);
        var monkey = new ChaosMonkey(cluster, new ClusterStore(cluster), settings);
        Task<Ended> ended = console.EndAsync(limit);
        await monkey.RunAsync(Sweep, ended);
        Ended watched = await ended;

        output.WriteLine(monkey.Log);
        Assert.True(watched.ExitCode == 0, $"{watched}\n{monkey.Log}");
        await cluster.ReadyAsync();
        JsonElement shown = default;
        var store = new ClusterStore(cluster);
        string history = await store.HistoryAsync(Sweep);
        await SiloCluster.UntilAsync( // a silo that was stopped may answer with what it knew, until it learns that it has been given up
            async () => (shown = await cluster.JsonAsync("show", Sweep)).GetProperty("trials").EnumerateArray().All(trial => trial.GetProperty("run").ValueKind == JsonValueKind.Object),
            () => $"a trial has no run:\n{shown}\n{history}\n{watched}\n{monkey.Log}");
        ChaosFigures figures = await ChaosFigures.OfAsync(store, Sweep, shown, monkey.Hits);
        output.WriteLine(FormattableString.Invariant($"{settings.Trials} trials in {watch.Elapsed.TotalSeconds:0} s; {figures}"));

        Assert.Equal(settings.Trials, await store.EndedAsync(Sweep));
        Assert.Equal([], await store.RepeatedAsync(Sweep));
        Assert.Equal(await Numbers.OfAsync(undisturbed, Sweep), Numbers.Of(shown));
        Assert.All(Enumerable.Range(1, settings.Trials), trial => Assert.Contains($"T-{trial:0000} ", watched.Out, StringComparison.Ordinal));
        Assert.NotEqual(0, figures.Lost);
    }
}
