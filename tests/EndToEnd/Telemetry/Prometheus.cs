using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Telemetry;

/// <summary>A Prometheus of the test's own, as Debian and Ubuntu package it (<c>prometheus</c>, with <c>promtool</c>).</summary>
internal sealed class Prometheus : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly SweeperProcess _process;

    private Prometheus(SweeperProcess process, int port)
    {
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Skips the test, and says what is missing, where it is not installed.</summary>
    public static void Require() => Assert.SkipUnless(
        Find("prometheus") is not null && Find("promtool") is not null,
        "prometheus and promtool are not installed; tests/run installs them (package prometheus)");

    /// <summary>Starts one that fetches from a port every second.</summary>
    /// <param name="folder">Where its data lie.</param>
    /// <param name="target">Port to fetch from.</param>
    /// <param name="rules">Rules.</param>
    public static async Task<Prometheus> StartAsync(string folder, int target, string rules)
    {
        int port = Ports.Free();
        string config = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(config, $$"""
            global: {scrape_interval: 1s, evaluation_interval: 1s}
            rule_files: ['{{rules}}']
            scrape_configs:
              - job_name: sweeper-silo
                static_configs: [{targets: ['127.0.0.1:{{target}}']}]
            """);
        var started = new Prometheus(
            SweeperProcess.Start(folder, "prometheus",
            [
                $"--config.file={config}", $"--storage.tsdb.path={Path.Combine(folder, "tsdb")}", $"--web.listen-address=127.0.0.1:{port}",
                "--enable-feature=exemplar-storage", "--log.level=warn",
            ]),
            port);
        await started.ReadyAsync();
        return started;
    }

    /// <summary>Runs promtool.</summary>
    public static async Task<Ended> ToolAsync(string folder, params string[] arguments)
    {
        await using var tool = SweeperProcess.Start(folder, "promtool", arguments);
        return await tool.EndAsync(TimeSpan.FromMinutes(1));
    }

    /// <summary>Values of an expression now, NaN left out.</summary>
    public async Task<IReadOnlyList<double>> QueryAsync(string expression)
    {
        JsonElement answer = await GetAsync($"/api/v1/query?query={Uri.EscapeDataString(expression)}");
        return
        [
            .. answer.GetProperty("result").EnumerateArray()
                .Select(series => double.Parse(series.GetProperty("value")[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture)) // a number as text
                .Where(double.IsFinite),
        ];
    }

    /// <summary>The data of an answer.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using HttpResponseMessage response = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.GetProperty("data").Clone();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _process.DisposeAsync();
    }

    private async Task ReadyAsync()
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1) && !_process.HasExited, $"Prometheus does not start:\n{_process.Error}");
            try
            {
                using HttpResponseMessage ready = await _http.GetAsync("/-/ready", TestContext.Current.CancellationToken);
                if (ready.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
