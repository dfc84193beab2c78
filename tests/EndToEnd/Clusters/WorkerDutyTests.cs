using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Clusters;

/// <summary>Workers that are taken out of the cluster for a while.</summary>
[Collection(ClusterTests.Name)]
public sealed class WorkerDutyTests(ThreeSilos cluster)
{
    private readonly ClusterStore _store = new(cluster);

    [Theory]
    [InlineData("drain", "n2", "Drained")]
    [InlineData("quarantine", "n2/cpu", "Quarantined")]
    public async Task Worker_TakenOut_HandsItsTrialOverAndComesBackWhenReadmitted(string verb, string which, string duty)
    {
        await cluster.ReadyAsync();
        await cluster.SubmitAsync(verb, Specs.Trials(verb, 8, epochs: 40));
        await RunsAsync(verb, wanted: true);

        string said = await cluster.OutputAsync("workers", verb, which, "--reason", "a new fan");
        await RunsAsync(verb, wanted: false);

        Assert.StartsWith("n2/cpu: ", said, StringComparison.Ordinal);
        JsonElement worker = await WorkerAsync(worker => worker.GetProperty("duty").GetString() != "Open");
        Assert.Equal((duty, "a new fan", 0), (worker.GetProperty("duty").GetString(), worker.GetProperty("duty_reason").GetString(), worker.GetProperty("slots").GetInt32()));
        Assert.Equal("cpu", worker.GetProperty("labels")[0].GetString());

        await cluster.OutputAsync("workers", "readmit", "n2");
        await RunsAsync(verb, wanted: true);
        await cluster.OutputAsync("cancel", verb);

        Assert.Contains("handed_back", await _store.EndsAsync(verb));
        Assert.DoesNotContain("lost", await _store.EndsAsync(verb));
    }

    [Fact]
    public async Task Workers_NameThatIsNone_ExitsWith2()
    {
        await cluster.ReadyAsync();

        BadInput.Assert(await cluster.Start("workers", "drain", "n22").EndAsync(ThreeSilos.Patience), "Did you mean 'n2'?", "wrong name");
    }

    private Task RunsAsync(string sweep, bool wanted) => ThreeSilos.UntilAsync(
        async () => await _store.RunningOnAsync(sweep, "n2") is not null == wanted, () => $"n2 has {(wanted ? "no" : "still a")} trial. It says:\n{cluster.Nodes[1].Output}");

    private async Task<JsonElement> WorkerAsync(Func<JsonElement, bool> wanted)
    {
        JsonElement found = default;
        await ThreeSilos.UntilAsync(
            async () =>
            {
                found = (await cluster.JsonAsync("workers")).EnumerateArray().Single(worker => worker.GetProperty("key").ToString().Contains("n2", StringComparison.Ordinal));
                return wanted(found);
            },
            () => $"the worker is not as it should be: {found}");
        return found;
    }
}
