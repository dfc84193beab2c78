using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd;

/// <summary>Reuse, changes on the way and generations, through the console.</summary>
public sealed class ChangeTests
{
    private static readonly string[] Fast = ["--threads", "1", "--slots", "2"];

    [Fact]
    public async Task Run_TwoSweepsThatOverlap_TakesOverWhatIsTheSameBitForBit()
    {
        await using var sandbox = new Sandbox();
        await sandbox.OutputAsync(["run", sandbox.Write("a.yaml", Specs.Tiny("first")), .. Fast]);

        string wider = Specs.Tiny("second").Replace("[0, 1e-3]", "[0, 1e-3, 1e-2]", StringComparison.Ordinal);
        string output = await sandbox.OutputAsync(["run", sandbox.Write("b.yaml", wider), .. Fast]);

        Assert.Contains("T-0001 reused from sweep first, T-0001", output, StringComparison.Ordinal);
        Assert.Contains("results reused from earlier runs of the same jobs (first)", output, StringComparison.Ordinal);
        Assert.Contains("reused from sweep first, T-0001", await sandbox.OutputAsync("why", "second", "T-0001"), StringComparison.Ordinal);
        Assert.Contains("reused from sweep first, R-001", await sandbox.OutputAsync("why", "second", "R-001"), StringComparison.Ordinal);
        JsonElement[] first = await TrialsAsync(sandbox, "first");
        JsonElement[] second = await TrialsAsync(sandbox, "second");
        Assert.Equal(first.Select(Outcome), second.Take(4).Select(Outcome));
        Assert.Equal(2, new StoredSweeps(sandbox).Attempts("second") - 1); // a range test and two trials ran

        string own = Specs.Tiny("third");
        await sandbox.OutputAsync(["run", sandbox.Write("c.yaml", own), "--no-reuse", .. Fast]);
        Assert.Equal(6, new StoredSweeps(sandbox).Attempts("third"));
        Assert.Equal(first.Select(Outcome), (await TrialsAsync(sandbox, "third")).Select(Outcome)); // what reuse relies on
        await sandbox.OutputAsync(["train", sandbox.Write("d.yaml", own), "--name", "fourth", .. Fast]);
        Assert.Equal(2, new StoredSweeps(sandbox).Attempts("fourth")); // a single run is run
    }

    [Fact]
    public async Task Change_CompletedSweep_ByEveryVerbAndByAGeneration()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("spec.yaml", Specs.Trials("live", 3, 1));
        await sandbox.OutputAsync(["run", spec, .. Fast]);

        Assert.Contains("extended by 2 configurations", await sandbox.OutputAsync("extend", "live", "--trials", "2"), StringComparison.Ordinal);
        Assert.Contains("T-0006: ", await sandbox.OutputAsync("enqueue", "live", "max_lr=0.05"), StringComparison.Ordinal);
        Assert.Contains("limits.max_parallel: none -> 1", await sandbox.OutputAsync("set", "live", "limits.max_parallel=1"), StringComparison.Ordinal);
        string output = await sandbox.OutputAsync(["run", spec, .. Fast]); // goes on: the file is as it was

        Assert.Contains("trials", output, StringComparison.Ordinal);
        JsonElement show = await sandbox.JsonAsync("show", "live");
        Assert.Equal(6, show.GetProperty("trials").GetArrayLength());
        Assert.All(show.GetProperty("trials").EnumerateArray(), trial => Assert.Equal("done", trial.GetProperty("status").GetString()));
        Assert.Equal(3, show.GetProperty("changes").GetArrayLength());
        Assert.Contains("put in front of the queue by", await sandbox.OutputAsync("why", "live", "T-0006"), StringComparison.Ordinal);

        string changed = sandbox.Write("changed.yaml", Specs.Trials("live", 8, 1));
        BadInput.Assert(await sandbox.RunAsync("run", changed), "sweeper extend live --spec FILE", "a changed spec of the same name");
        Assert.Contains("live.2, generation 2 of live", await sandbox.OutputAsync(["extend", "live", "--spec", changed, .. Fast]), StringComparison.Ordinal);
        await sandbox.OutputAsync("watch", "live.2");
        JsonElement[] next = await TrialsAsync(sandbox, "live.2");
        Assert.Equal(5, next.Count(trial => trial.GetProperty("run").GetProperty("reused_from").ValueKind == JsonValueKind.Object)); // 3 drawn, 2 from the extension
        Assert.Contains("2 of live", await sandbox.OutputAsync("list"), StringComparison.Ordinal);
        Assert.Contains("generation 2 of live: search.trials: 5 -> 8", await sandbox.OutputAsync("show", "live.2"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_BadInput_NamesEveryProblemAndChangesNothing()
    {
        await using var sandbox = new Sandbox();
        await sandbox.OutputAsync(["run", sandbox.Write("spec.yaml", Specs.Trials("live", 2, 1)), "--keep", .. Fast]);
        string before = (await sandbox.JsonAsync("show", "live")).ToString();

        BadInput.Assert(await sandbox.RunAsync("set", "live", "limits.trials=0", "limits.epochs=many"), "limits.epochs", "bad limits");
        BadInput.Assert(await sandbox.RunAsync("set", "live", "search.trials=3"), "is neither a limit", "a setting that is no limit");
        BadInput.Assert(await sandbox.RunAsync("set", "live", "limits.trials"), "KEY=VALUE", "no value");
        BadInput.Assert(await sandbox.RunAsync("set", "live", "limits.trails=3"), "limits.trails", "an unknown limit");
        BadInput.Assert(await sandbox.RunAsync("set", "nowhere", "limits.trials=3"), "There is no sweep named 'nowhere'", "no such sweep");
        BadInput.Assert(await sandbox.RunAsync("enqueue", "live", "batch_size=0"), "search.space.max_lr", "a point without a rate");
        BadInput.Assert(await sandbox.RunAsync("enqueue", "live", "max_lr=[0.1, 0.2]"), "must be one number", "a list");
        BadInput.Assert(await sandbox.RunAsync("enqueue", "live", "max_lr=0.1", "momentum=3"), "momentum", "an unknown axis");
        BadInput.Assert(await sandbox.RunAsync("extend", "live"), "--trials", "nothing to extend by");
        BadInput.Assert(await sandbox.RunAsync("extend", "live", "--trials", "0"), "--trials", "by nothing");
        BadInput.Assert(await sandbox.RunAsync("extend", "live", "--spec", Path.Combine(sandbox.Root, "spec.yaml")), "Nothing in the spec differs", "the same spec");
        BadInput.Assert(await sandbox.RunAsync("extend", "live", "--spec", sandbox.Write("other.yaml", Specs.Trials("other", 2, 1))), "The spec is named 'other'", "another name");

        Assert.Equal(before, (await sandbox.JsonAsync("show", "live")).ToString());
    }

    [Fact]
    public async Task Set_Sharing_ShowsInTheQueueWhoComesFirst()
    {
        await using var sandbox = new Sandbox();
        SweeperProcess console = sandbox.Start(["run", sandbox.Write("spec.yaml", Specs.Trials("live", 3, epochs: 1000)), .. Fast]);
        await console.SaysAsync("T-0002 started");

        string set = await sandbox.OutputAsync("set", "live", "sharing.priority=10", "sharing.weight=2");
        Assert.Contains("sharing.priority: 0 -> 10, sharing.weight: 1 -> 2", set, StringComparison.Ordinal);
        JsonElement share = Assert.Single((await sandbox.JsonAsync("queue")).EnumerateArray());
        Assert.Equal(("live", 2, 1), (share.GetProperty("sweep").GetString(), share.GetProperty("held").GetInt32(), share.GetProperty("wanted").GetInt32()));
        Assert.StartsWith(Environment.UserName + "@", share.GetProperty("user").GetString(), StringComparison.Ordinal);
        Assert.Contains("a free slot", await sandbox.OutputAsync("queue"), StringComparison.Ordinal);

        BadInput.Assert(await sandbox.RunAsync("set", "live", "sharing.priority=1000", "sharing.weight=0"), "sharing.weight", "a priority and a weight out of range");
        await sandbox.OutputAsync("cancel", "live");
        await console.EndAsync(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData("""{"default": {"devices": 0, "jobs": 0}}""", "default.devices must be greater than 0; default.jobs must be at least 1")]
    [InlineData("""{"default": {"device_hours": 0, "per_days": 0}}""", "default.device_hours must be greater than 0; default.per_days must be in [1, 366]")]
    [InlineData("""{"users": {"anna": {"device": 2}}}""", "device")]
    [InlineData("quotas: none", "must look like")]
    public async Task Silo_QuotasThatMakeNoSense_ExitsWith2AndSaysAll(string quotas, string message)
    {
        await using var sandbox = new Sandbox();

        Ended ended = await sandbox.StartSilo("--data-dir", sandbox.Data, "--quotas", sandbox.Write("quotas.json", quotas)).EndAsync(TimeSpan.FromMinutes(2));

        Assert.True(ended.ExitCode == 2, ended.ToString());
        Assert.Contains(message, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_BeforeAndAfterARun_SaysWhatItKnows()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("spec.yaml", Specs.Tiny());

        string before = await sandbox.OutputAsync(["preview", spec, .. Fast]);
        string measured = await sandbox.OutputAsync(["preview", spec, "--measure", .. Fast]);
        await sandbox.OutputAsync(["run", spec, .. Fast]);
        string after = await sandbox.OutputAsync(["preview", spec, .. Fast]);

        Assert.Contains("not known yet: the store has no run of mlp on synthetic", before, StringComparison.Ordinal);
        Assert.Contains("--measure", before, StringComparison.Ordinal);
        Assert.Contains("a few steps timed just now", measured, StringComparison.Ordinal);
        Assert.Matches(@"with 2 slots of CPU \(1 thread\), \d\S* device-hours, from 6 runs of this model and data set \(tiny\)", after);
        JsonElement time = (await sandbox.JsonAsync(["preview", spec, .. Fast])).GetProperty("time");
        Assert.InRange(time.GetProperty("seconds").GetDouble(), 0.01, 600);
        BadInput.Assert(await sandbox.RunAsync("preview", sandbox.Write("bad.yaml", "name: x")), "training", "a spec without training");
    }

    private static async Task<JsonElement[]> TrialsAsync(Sandbox sandbox, string sweep) =>
        [.. (await sandbox.JsonAsync("show", sweep)).GetProperty("trials").EnumerateArray()];

    private static string Outcome(JsonElement trial) => trial.GetProperty("outcome").ToString();
}
