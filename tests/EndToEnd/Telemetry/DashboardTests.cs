using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sweeper.Contracts.Telemetry;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Telemetry;

/// <summary>Dashboards and rules against a real Prometheus that watches a real sweep.</summary>
public sealed partial class DashboardTests(ITestOutputHelper output)
{
    private const int LeastPanels = 12;

    [Fact]
    public void Dashboards_EachOfThem_IsCompleteAndNamesItsSources()
    {
        Assert.Equal(["sweep-trace.json", "sweeper.json"], Observability.Dashboards.Select(dashboard => dashboard.Name));
        foreach ((string name, JsonElement dashboard) in Observability.Dashboards)
        {
            Assert.All(Observability.Panels(dashboard), panel =>
            {
                Assert.False(string.IsNullOrEmpty(panel.GetProperty("title").GetString()), name);
                Assert.False(string.IsNullOrEmpty(panel.GetProperty("description").GetString()), name);
                Assert.Contains(panel.GetProperty("datasource").GetProperty("uid").GetString(), new[] { "${metrics}", "${traces}" });
            });
            List<int> ids = [.. dashboard.GetProperty("panels").EnumerateArray().Select(panel => panel.GetProperty("id").GetInt32())];
            Assert.Equal(ids.Count, ids.Distinct().Count());
        }

        Assert.True(Observability.Panels(Observability.Dashboards[1].Dashboard).Count() >= LeastPanels);
    }

    [Fact]
    public void TraceDashboard_EveryQuery_NamesSpansAndAttributesThatThereAre()
    {
        List<string> queries = [.. Observability.Panels(Observability.Dashboards[0].Dashboard)
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()).Select(target => target.GetProperty("query").GetString()!)]; // in every one

        Assert.NotEmpty(queries);
        Assert.All(queries.SelectMany(query => SpanName().Matches(query)), match =>
            Assert.All(match.Groups[1].Value.Split('|'), name => Assert.Contains(Spans.All, span => span.Name == name)));
        Assert.All(queries.SelectMany(query => SpanAttribute().Matches(query)), match =>
            Assert.Contains(Attributes.All, attribute => attribute.Name == match.Groups[1].Value));
    }

    [Fact]
    public async Task Expressions_EachOfThem_Parses()
    {
        Prometheus.Require();
        await using var sandbox = new Sandbox();
        var rules = new StringBuilder("groups:\n  - name: panels\n    rules:\n");
        foreach ((int number, (string _, string expression)) in Observability.Expressions("1m").Index())
        {
            rules.Append(CultureInfo.InvariantCulture, $"      - record: panel:{number}\n        expr: '{expression}'\n");
        }

        string path = sandbox.Write("panels.rules.yml", rules.ToString());
        Ended panels = await Prometheus.ToolAsync(sandbox.Root, "check", "rules", path);
        Ended alerts = await Prometheus.ToolAsync(sandbox.Root, "check", "rules", Observability.Rules);

        Assert.True(panels.ExitCode == 0, panels.ToString());
        Assert.True(alerts.ExitCode == 0, alerts.ToString());
        Assert.NotEmpty(Observability.Alerts);
        Assert.All(Observability.Alerts, alert => Assert.All(RecordedName().Matches(alert.Expression), name => Assert.Contains(name.Value, Observability.Recorded)));
    }

    [Fact]
    public async Task Alerts_SituationsTheyAreFor_FireAndInOthersDoNot()
    {
        Prometheus.Require();
        await using var sandbox = new Sandbox();
        string tests = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "alerts.test.yml"), TestContext.Current.CancellationToken);
        string path = sandbox.Write("alerts.test.yml", tests.Replace("RULES", Observability.Rules, StringComparison.Ordinal));

        Ended ended = await Prometheus.ToolAsync(sandbox.Root, "test", "rules", path);

        Assert.True(ended.ExitCode == 0, ended.ToString());
        Assert.All(Observability.Alerts, alert => Assert.Contains($"alertname: {alert.Alert},", tests, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Expressions_DuringASweep_AllReturnData()
    {
        Prometheus.Require();
        await using OtlpReceiver receiver = await OtlpReceiver.StartAsync();
        await using var sandbox = new Sandbox();
        int port = Ports.Free();
        sandbox.StartSilo("--data-dir", sandbox.Data, "--http-port", $"{port}", "--metrics", "true", "--otlp", receiver.Grpc, "--slots", "2", "--threads", "1");
        await WaitAsync(() => sandbox.SiloPid() is not null);
        await using Prometheus prometheus = await Prometheus.StartAsync(sandbox.Root, port, Observability.Rules);
        string spec = sandbox.Write("watched.yaml", Specs.Trials("watched", 400, epochs: 8).Replace("[0.003, 0.1]", "[0.003, 900]", StringComparison.Ordinal));
        await sandbox.OutputAsync("submit", spec);

        // Checkpoints are saved twice a minute, and when a sweep is cancelled.
        for (int time = 0; time < 3; time++)
        {
            await Task.Delay(1500, TestContext.Current.CancellationToken);
            await sandbox.OutputAsync("cancel", "watched");
            await Task.Delay(1500, TestContext.Current.CancellationToken);
            await sandbox.OutputAsync("resume", "watched");
        }

        List<(string Panel, string Expression)> open =
        [
            .. Observability.Expressions("30s"),
            .. Observability.Recorded.Select(name => (name, name)),
            .. Instruments.All.Where(metric => !metric.Instrument.Name.StartsWith("hw.", StringComparison.Ordinal)) // where there is a GPU
                .Select(metric => (metric.Instrument.Name, metric.PrometheusName + (metric.Kind == "histogram" ? "_bucket" : ""))),
        ];
        var watch = Stopwatch.StartNew();
        while (open.Count > 0 && watch.Elapsed < TimeSpan.FromMinutes(2))
        {
            foreach ((string Panel, string Expression) query in open.ToList())
            {
                if ((await prometheus.QueryAsync(query.Expression)).Count > 0)
                {
                    open.Remove(query);
                }
            }

            await Task.Delay(500, TestContext.Current.CancellationToken);
        }

        Assert.True(open.Count == 0, "no data for:\n" + string.Join('\n', open.Select(query => $"{query.Panel}: {query.Expression}")));
        JsonElement rules = await prometheus.GetAsync("/api/v1/rules");
        Assert.All(rules.GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("rules").EnumerateArray()), rule =>
            Assert.Equal("ok", rule.GetProperty("health").GetString()));
        await ExemplarsLeadToTheTraceAsync(prometheus, receiver);
        await sandbox.OutputAsync("cancel", "watched");
    }

    private async Task ExemplarsLeadToTheTraceAsync(Prometheus prometheus, OtlpReceiver receiver)
    {
        JsonElement exemplars = await prometheus.GetAsync(FormattableString.Invariant(
            $"/api/v1/query_exemplars?query=sweeper_job_duration_seconds_bucket&start={DateTimeOffset.UnixEpoch.AddSeconds(1).ToUnixTimeSeconds()}&end={TimeProvider.System.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds()}"));
        string[] traces = [.. exemplars.EnumerateArray().SelectMany(series => series.GetProperty("exemplars").EnumerateArray())
            .Select(exemplar => exemplar.GetProperty("labels").GetProperty("trace_id").GetString()!).Distinct()]; // every one has it
        output.WriteLine($"exemplars lead to {string.Join(", ", traces)}");

        Assert.NotEmpty(traces);
        Assert.All(traces, trace => Assert.Contains(receiver.Spans, span => span.TraceId == trace));
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

    [GeneratedRegex("(?<![.a-z])name =~? \"([^\"]+)\"")]
    private static partial Regex SpanName();

    [GeneratedRegex(@"\bspan\.([a-z_.]+)")]
    private static partial Regex SpanAttribute();

    [GeneratedRegex(@"sweeper:[a-z0-9_:]+")]
    private static partial Regex RecordedName();
}
