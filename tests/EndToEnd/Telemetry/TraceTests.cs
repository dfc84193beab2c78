using System.Diagnostics;
using Sweeper.Contracts.Telemetry;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Telemetry;

/// <summary>The spans of real sweeps, as they arrive at a receiver.</summary>
public sealed class TraceTests(ITestOutputHelper output)
{
    private static readonly string[] Quick = ["--threads", "1", "--slots", "1"];

    [Fact]
    public async Task Run_SmallSweep_ArrivesAsOneTreeParentByParent()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("tiny.yaml", Specs.Tiny());

        await sandbox.OutputAsync(["run", spec, "--otlp", receiver.Grpc, .. Quick]);
        await sandbox.SiloEndsAsync();

        var tree = new SpanTree(receiver.Spans);
        output.WriteLine(tree.ToString());
        Assert.Single(tree.All.Select(span => span.TraceId).Distinct());
        Assert.Equal(Spans.Submit, Assert.Single(tree.All, span => span.ParentId is null).Name);
        Assert.All(tree.All.Where(span => span.Name is not (Spans.StoreWrite or Spans.Train or Spans.LoadCheckpoint) && IsOurs(span)), span =>
            Assert.Equal(ExpectedPath(span, tree), tree.PathOf(span)));
        Assert.All(tree.Named(Spans.Train), span => Assert.Contains(tree.ParentOf(span).Name, new[] { Spans.Epoch, Spans.Attempt }));
        Assert.All(tree.Named(Spans.StoreWrite), span => Assert.Contains(tree.PathOf(span).Split(" > ")[^2], new[] { Spans.Report, Spans.Submit }));
        Assert.Equal(
            [(Spans.Sweep, 1), (Spans.Cell, 2), (Spans.RangeTest, 2), (Spans.Trial, 4), (Spans.Attempt, 6), (Spans.Report, 6), (Spans.LoadData, 6), (Spans.Epoch, 8)],
            new[] { Spans.Sweep, Spans.Cell, Spans.RangeTest, Spans.Trial, Spans.Attempt, Spans.Report, Spans.LoadData, Spans.Epoch }
                .Select(name => (name, tree.Named(name).Count)));
        Assert.All(tree.Named(Spans.Attempt), attempt =>
        {
            Assert.Equal("local/cpu", attempt[Attributes.Worker]);
            string call = Convert.ToHexStringLower(Assert.Single(attempt.Span.Links).SpanId.Span);
            Assert.Contains("Start", Assert.Single(tree.All, span => span.Id == call).Name, StringComparison.Ordinal);
            Assert.Equal(tree.ParentOf(attempt)[Attributes.Job], attempt[Attributes.Job]);
        });
        Assert.Equal(["sweeper"], tree.Named(Spans.Submit).Select(span => span.Service));
        Assert.All(tree.Named(Spans.Trial), trial => Assert.Equal("trained", trial[Attributes.Outcome]));
        Assert.All(tree.Named(Spans.Evaluate), reading => Assert.NotNull(reading[Attributes.Accuracy]));
        Assert.DoesNotContain(tree.All, span => span.Failed);
    }

    [Fact]
    public async Task Run_SiloKilled_LostAttemptAndTheNextLieBelowTheSameTrial()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("kill.yaml", Specs.Trials("kill", 2, epochs: 12));
        SweeperProcess console = sandbox.Start(["run", spec, "--otlp", receiver.Grpc, .. Quick]);
        await WaitAsync(() => receiver.Spans.Any(span => span.Name == Spans.Epoch)); // a part of the first attempt has arrived

        await sandbox.KillSiloAsync();
        Ended ended = await console.EndAsync(TimeSpan.FromMinutes(3));
        await sandbox.SiloEndsAsync();

        Assert.Equal(0, ended.ExitCode);
        string trace = receiver.Spans.First(span => span.Name == Spans.Sweep).TraceId;
        var tree = new SpanTree(receiver.Spans.Where(span => span.TraceId == trace));
        output.WriteLine(tree.ToString());
        Assert.Equal(2, tree.Named(Spans.Trial).Count);
        ReceivedSpan lost = Assert.Single(tree.Named(Spans.Attempt), attempt => attempt.Failed);
        Assert.Equal((Outcomes.Lost, Outcomes.WorkerLost), (lost[Attributes.Outcome], lost[Attributes.ErrorType]));
        ReceivedSpan trial = tree.ParentOf(lost);
        Assert.Equal(["1", "2"], tree.Below(trial).OrderBy(span => span.Span.StartTimeUnixNano).Select(attempt => attempt[Attributes.Attempt]));
        Assert.Equal($"{Spans.Submit} > {Spans.Sweep} > {Spans.Cell} > {Spans.Trial} > {Spans.Attempt}", tree.PathOf(lost));
        Assert.Equal(("trained", "2", false), (trial[Attributes.Outcome], trial[Attributes.Attempts], trial.Failed));
        Assert.Contains(tree.Below(lost), span => span.Name == Spans.Epoch); // what the dead worker had sent found its parent

        // What it had not ended cannot have arrived: only the insides of its last pass are without a parent.
        HashSet<string> known = [.. tree.All.Select(span => span.Id)];
        Assert.All(
            tree.All.Where(span => span.ParentId is { } parent && !known.Contains(parent)),
            orphan => Assert.Contains(orphan.Name, new[] { Spans.Train, Spans.Evaluate, Spans.SaveCheckpoint }));

        ReceivedSpan again = Assert.Single(receiver.Spans, span => span.TraceId != trace && span.Span.Links.Count > 0);
        Assert.Equal(trace, Convert.ToHexStringLower(again.Span.Links[0].TraceId.Span)); // the console handed the spec to the new silo
    }

    [Fact]
    public async Task Silo_KeepsNoShareOfTrials_KeepsThoseThatDiverged()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("share.yaml", Specs.Trials("share", 3, epochs: 1).Replace("{log: [0.003, 0.1]}", "[0.01, 0.02, 900]", StringComparison.Ordinal)
            .Replace("strategy: random", "strategy: grid", StringComparison.Ordinal).Replace("  trials: 3\n", "", StringComparison.Ordinal));
        SweeperProcess silo = sandbox.StartSilo(["--data-dir", sandbox.Data, "--otlp", receiver.Grpc, "--trace-share", "0", .. Quick]);
        await WaitAsync(() => sandbox.SiloPid() is not null);

        await sandbox.OutputAsync("run", spec);
        silo.Signal("TERM");
        await sandbox.SiloEndsAsync();

        var tree = new SpanTree(receiver.Spans);
        output.WriteLine(tree.ToString());
        ReceivedSpan trial = Assert.Single(tree.Named(Spans.Trial));
        Assert.Equal((true, "diverged", "diverged"), (trial.Failed, trial[Attributes.Outcome], trial[Attributes.ErrorType]));
        Assert.Equal(trial.Id, Assert.Single(tree.Named(Spans.Attempt)).ParentId);
        Assert.NotEmpty(tree.Named(Spans.Epoch)); // with all that belongs to it
        Assert.All(tree.All, span => Assert.StartsWith(Spans.Sweep, tree.PathOf(span), StringComparison.Ordinal)); // this console was not traced
    }

    [Fact]
    public async Task Run_OverHttp_Arrives()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("http.yaml", Specs.Trials("http", 1, epochs: 1));

        SweeperProcess console = sandbox.StartWith([("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Http)], ["run", spec, .. Quick]);
        Assert.Equal(0, (await console.EndAsync(TimeSpan.FromMinutes(2))).ExitCode);
        await sandbox.SiloEndsAsync();

        var tree = new SpanTree(receiver.Spans);
        Assert.Equal($"{Spans.Submit} > {Spans.Sweep} > {Spans.Cell} > {Spans.Trial}", tree.PathOf(Assert.Single(tree.Named(Spans.Trial))));
    }

    [Theory]
    [InlineData("http://127.0.0.1:1")] // refuses
    [InlineData("http://192.0.2.1:4317")] // leads nowhere
    public async Task Run_ReceiverThatIsDown_ChangesNothing(string endpoint)
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("down.yaml", Specs.Trials("down", 1, epochs: 1));

        string said = await sandbox.OutputAsync(["run", spec, "--otlp", endpoint, .. Quick]);
        await sandbox.SiloEndsAsync();

        Assert.Contains("T-0001", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_EndpointThatIsNone_SaysSo()
    {
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("bad.yaml", Specs.Trials("bad", 1, epochs: 1));

        BadInput.Assert(await sandbox.RunAsync("run", spec, "--otlp", "localhost:4317"), "OTLP endpoint", "endpoint without a scheme");
    }

    private static bool IsOurs(ReceivedSpan span) => Spans.All.Any(definition => definition.Name == span.Name);

    /// <summary>The path that the table of spans gives.</summary>
    private static string ExpectedPath(ReceivedSpan span, SpanTree tree)
    {
        string? parent = Spans.All.First(definition => definition.Name == span.Name).Parent;
        if (parent == Spans.Trial)
        {
            parent = tree.ParentOf(span)["sweeper.job.kind"] == "trial" ? Spans.Trial : Spans.RangeTest;
        }

        return parent is null ? span.Name : $"{tree.PathOf(Above(span, parent, tree))} > {span.Name}";
    }

    private static ReceivedSpan Above(ReceivedSpan span, string name, SpanTree tree)
    {
        ReceivedSpan above = tree.ParentOf(span);
        while (above.Name != name)
        {
            Assert.Equal("orleans", above["rpc.system.name"]);
            above = tree.ParentOf(above);
        }

        return above;
    }

    private static async Task WaitAsync(Func<bool> wanted)
    {
        var watch = Stopwatch.StartNew();
        while (!wanted())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "it did not come");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
