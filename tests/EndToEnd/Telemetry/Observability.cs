using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sweeper.Tests.EndToEnd.Telemetry;

/// <summary>The files of <c>k8s/observability</c>.</summary>
internal static partial class Observability
{
    public static string Folder { get; } = Repository.PathOf("k8s", "observability");

    public static string Rules { get; } = Path.Combine(Folder, "rules", "sweeper.rules.yml");

    /// <summary>Dashboards by file name.</summary>
    public static IReadOnlyList<(string Name, JsonElement Dashboard)> Dashboards { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Folder, "grafana", "dashboards"), "*.json").Order(StringComparer.Ordinal)
            .Select(path => (Path.GetFileName(path), JsonDocument.Parse(File.ReadAllText(path)).RootElement)),
    ];

    /// <summary>Panels of a dashboard, rows left out.</summary>
    public static IEnumerable<JsonElement> Panels(JsonElement dashboard) =>
        dashboard.GetProperty("panels").EnumerateArray().Where(panel => panel.GetProperty("type").GetString() != "row");

    /// <summary>PromQL of all panels, Grafana's variables filled in.</summary>
    /// <param name="window">Length of <c>$__rate_interval</c>.</param>
    public static IReadOnlyList<(string Panel, string Expression)> Expressions(string window) =>
    [
        .. Dashboards.SelectMany(dashboard => Panels(dashboard.Dashboard))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray()
                .Where(target => target.TryGetProperty("expr", out _))
                .Select(target => (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()! // both are in every panel
                    .Replace("$__rate_interval", window, StringComparison.Ordinal).Replace("$sweep", ".*", StringComparison.Ordinal)))),
    ];

    /// <summary>Names of recorded series.</summary>
    public static IReadOnlyList<string> Recorded { get; } = [.. RecordLine().Matches(File.ReadAllText(Rules)).Select(match => match.Groups[1].Value)];

    /// <summary>Expressions of alerts.</summary>
    public static IReadOnlyList<(string Alert, string Expression)> Alerts { get; } =
        [.. AlertLines().Matches(File.ReadAllText(Rules)).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    [GeneratedRegex(@"- record: (\S+)")]
    private static partial Regex RecordLine();

    [GeneratedRegex(@"- alert: (\S+)\s+expr: (.+)")]
    private static partial Regex AlertLines();
}
