using System.Diagnostics;
using Microsoft.Playwright;
using Sweeper.Tests.EndToEnd;

namespace Sweeper.Tests.Browser;

/// <summary>The viewer of traces that <c>dotnet run --project k8s/observability/viewer</c> starts, on ports of its own, with a browser.</summary>
internal sealed class TraceViewer : IAsyncDisposable
{
    private readonly SweeperProcess _process;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    private TraceViewer(SweeperProcess process, int port, int receiver) =>
        (_process, Address, Receiver) = (process, $"http://127.0.0.1:{port}", $"http://127.0.0.1:{receiver}");

    /// <summary>Address of its pages, without a slash at its end.</summary>
    public string Address { get; }

    /// <summary>Where it takes telemetry, OTLP over gRPC.</summary>
    public string Receiver { get; }

    public static async Task<TraceViewer> StartAsync(string folder)
    {
        (int page, int grpc, int http) = (Ports.Free(), Ports.Free(), Ports.Free());
        SweeperProcess process = SweeperProcess.Start(
            folder,
            "dotnet",
            ["run", "--project", Repository.PathOf("k8s", "observability", "viewer"), "--no-build", "--no-launch-profile", "-c", "Release"],
            ("ASPNETCORE_URLS", $"http://127.0.0.1:{page}"),
            ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", $"http://127.0.0.1:{grpc}"),
            ("ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL", $"http://127.0.0.1:{http}"),
            ("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", "true"),
            ("ASPIRE_DASHBOARD_TELEMETRY_OPTOUT", "true"));
        await process.SaysAsync("OTLP/HTTP listening");
        return new TraceViewer(process, page, grpc);
    }

    /// <summary>Opens one of its pages.</summary>
    public async Task<IPage> OpenAsync(string path)
    {
        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await Chromium.LaunchAsync(_playwright);
        IPage page = await _browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1400, Height = 900 }, ColorScheme = ColorScheme.Light });
        page.SetDefaultTimeout((float)Tab.Limit.TotalMilliseconds);
        await page.GotoAsync(Address + path);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        using (var run = Process.GetProcessById(_process.Pid))
        {
            run.Kill(entireProcessTree: true); // `dotnet run` has the viewer for a child
        }

        await _process.DisposeAsync();
    }
}
