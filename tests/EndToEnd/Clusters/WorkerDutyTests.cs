using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Clusters;

/// <summary>Workers that are taken out of the cluster for a while.</summary>
[Collection(ClusterTests.Name)]
public sealed class WorkerDutyTests(ThreeSilos cluster)
{
    private readonly ClusterStore _store = new(cluster);

    [Theory(Explicit = true)] // Explicit for its time; `Sweeper.Tests.EndToEnd -namespace '*.Clusters' -explicit on` runs it, and it has passed
    [InlineData("drain", "n2", "drained")]
    [InlineData("quarantine", "n2/cpu", "quarantined")]
    public async Task Worker_TakenOut_HandsItsTrialOverAndComesBackWhenReadmitted(string verb, string which, string duty)
    {
        await cluster.ReadyAsync();
        await cluster.SubmitAsync(verb, Specs.Trials(verb, 8, epochs: 100));
        await RunsAsync(verb, wanted: true);

        string said = await cluster.OutputAsync("workers", verb, which, "--reason", "a new fan");
        await RunsAsync(verb, wanted: false);

        Assert.StartsWith("n2/cpu: ", said, StringComparison.Ordinal);
        JsonElement worker = await WorkerAsync("n2", worker => Duty(worker) != "open");
        Assert.Equal((duty, "a new fan", 0), (Duty(worker), worker.GetProperty("duty_reason").GetString(), worker.GetProperty("slots").GetInt32()));
        Assert.Equal("cpu", worker.GetProperty("labels")[0].GetString());

        await cluster.OutputAsync("workers", "readmit", "n2");
        await RunsAsync(verb, wanted: true);
        await cluster.OutputAsync("cancel", verb);

        Assert.Contains("handed_back", await _store.EndsAsync(verb));
        Assert.DoesNotContain("lost", await _store.EndsAsync(verb));
    }

    [Fact(Explicit = true)] // Explicit for its time; `Sweeper.Tests.EndToEnd -namespace '*.Clusters' -explicit on` runs it, and it has passed
    public async Task Worker_ThatFailsWhatOthersDo_IsQuarantinedAndNoTrialFails()
    {
        await cluster.ReadyAsync();
        string folder = Path.Combine(cluster.Sandbox.Root, "broken");
        var bad = new SiloNode(cluster, "n4", folder);
        bad.Start();
        await bad.ReadyAsync();
        Directory.Delete(folder, recursive: true);
        await File.WriteAllTextAsync(folder, "where there was a disk", TestContext.Current.CancellationToken);

        await cluster.SubmitAsync("suspect", Specs.Trials("suspect", 6, epochs: 2));
        await cluster.OutputAsync("watch", "suspect");

        Assert.All(
            (await cluster.JsonAsync("show", "suspect")).GetProperty("trials").EnumerateArray(),
            trial => Assert.NotEqual("failed", trial.GetProperty("outcome").GetProperty("kind").GetString()));
        JsonElement worker = await WorkerAsync("n4", worker => Duty(worker) != "open");
        Assert.Equal("quarantined", Duty(worker));
        Assert.Contains("failed 2 jobs of sweep suspect that other workers did", worker.GetProperty("duty_reason").GetString(), StringComparison.Ordinal);
        await bad.EndAsync();
    }

    [Fact(Explicit = true)] // Explicit for its time; `Sweeper.Tests.EndToEnd -namespace '*.Clusters' -explicit on` runs it, and it has passed
    public async Task Workers_NameThatIsNone_ExitsWith2()
    {
        await cluster.ReadyAsync();

        BadInput.Assert(await cluster.Start("workers", "drain", "n22").EndAsync(ThreeSilos.Patience), "Did you mean 'n2'?", "wrong name");
    }

    private static string? Duty(JsonElement worker) => worker.GetProperty("duty").GetString()?.ToLowerInvariant();

    private Task RunsAsync(string sweep, bool wanted) => ThreeSilos.UntilAsync(
        async () => await _store.RunningOnAsync(sweep, "n2") is not null == wanted, () => $"n2 has {(wanted ? "no" : "still a")} trial. It says:\n{cluster.Nodes[1].Output}");

    private async Task<JsonElement> WorkerAsync(string node, Func<JsonElement, bool> wanted)
    {
        JsonElement found = default;
        await ThreeSilos.UntilAsync(
            async () =>
            {
                found = (await cluster.WorkersAsync()).SingleOrDefault(worker => worker.GetProperty("key").ToString().Contains(node, StringComparison.Ordinal));
                return found.ValueKind == JsonValueKind.Object && wanted(found);
            },
            () => $"the worker is not as it should be: {found}");
        return found;
    }
}
