using System.Text.Json;
using Sweeper.Contracts.Telemetry;
using Sweeper.Tests.EndToEnd.Telemetry.Otlp;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Telemetry;

/// <summary>Log records and the spans that they belong to.</summary>
public sealed class LogTests(ITestOutputHelper output)
{
    private static readonly string[] Quick = ["--threads", "1", "--slots", "1"];

    [Fact]
    public async Task Run_LogLevelDebug_RecordsLieInTheSpansOfTheirJobs()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("logs.yaml", Specs.Trials("logs", 2, epochs: 1));

        await sandbox.OutputAsync(["run", spec, "--otlp", receiver.Grpc, "--log-level", "debug", "--json-logs", .. Quick]);
        await sandbox.SiloEndsAsync();

        var tree = new SpanTree(receiver.Spans);
        foreach (LogRecord record in receiver.Logs)
        {
            output.WriteLine($"{record.SeverityText} {Hex(record.TraceId)} {record.Body?.StringValue} {string.Join(", ", record.Attributes.Select(pair => pair.Key))}");
        }

        foreach (ReceivedSpan attempt in tree.Named(Spans.Attempt))
        {
            var within = receiver.Logs.Where(record => Hex(record.SpanId) == attempt.Id).ToList();
            Assert.Equal(2, within.Count); // it begins, it ends
            Assert.All(within, record =>
            {
                Assert.Equal(attempt.TraceId, Hex(record.TraceId));
                Assert.Equal(attempt[Attributes.Job], Value(record, Attributes.Job));
                Assert.Equal("logs", Value(record, Attributes.Sweep));
            });
        }

        LogRecord completed = Assert.Single(receiver.Logs, record => record.Body?.StringValue.Contains("T-0002 ", StringComparison.Ordinal) == true
            && record.SeverityText == "Information" && Value(record, Attributes.Job) == "T-0002");
        Assert.Contains(tree.All, span => span.Id == Hex(completed.SpanId)); // the coordinator's word on it, within the worker's report

        string[] lines = await File.ReadAllLinesAsync(
            Assert.Single(Directory.GetFiles(Path.Combine(sandbox.Data, "logs"), "silo-*.log")), TestContext.Current.CancellationToken);
        string line = lines.First(line => line.Contains("T-0002 begins", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(line);
        Assert.Contains(tree.Named(Spans.Attempt).Select(span => span.TraceId), trace => line.Contains(trace, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_UsualLogLevel_SaysWhatHappenedAndNoMore()
    {
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using var sandbox = new Sandbox();
        string spec = sandbox.Write("quiet.yaml", Specs.Trials("quiet", 1, epochs: 1));

        await sandbox.OutputAsync(["run", spec, "--otlp", receiver.Grpc, .. Quick]);
        await sandbox.SiloEndsAsync();

        Assert.All(receiver.Logs, record => output.WriteLine($"{record.SeverityText} {record.Body?.StringValue}"));
        Assert.InRange(receiver.Logs.Count, 3, 10);
        Assert.DoesNotContain(receiver.Logs, record => record.SeverityText is "Debug" or "Trace");
        Assert.Contains(receiver.Metrics, metric => metric is { Name: "sweeper.jobs.ended", Unit: "{job}" }); // sent at the latest when the silo ends
    }

    private static string? Value(LogRecord record, string attribute) =>
        record.Attributes.FirstOrDefault(pair => pair.Key == attribute)?.Value.StringValue;

    private static string Hex(Google.Protobuf.ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
