using Microsoft.Playwright;
using Xunit;

namespace Sweeper.Tests.Browser;

/// <summary>What the page shows of a sweep that runs.</summary>
[Collection(LivePageTests.Name)]
public sealed class FollowTests(LivePage live)
{
    [Fact]
    public async Task List_SweepSubmittedByTheConsole_AppearsAndItsCurvesGrow()
    {
        Chromium.Require();
        await using Tab tab = await live.OpenAsync();
        await tab.GoAsync();
        await using IAsyncDisposable running = await live.StartAsync("grows");

        await tab.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "grows", Exact = true }).ClickAsync();
        await Tab.HasTextAsync(tab.Page.Locator("h1"), "grows");
        await Tab.HasTextAsync(tab.Page.Locator(".head .pill"), "running");
        await Tab.ContainsAsync(tab.Page.Locator(".worker[data-job='T-0001']"), "step");

        ILocator curves = tab.Page.Locator("#learning-curves");
        await curves.Locator("select").SelectOptionAsync("train_loss");
        await Tab.DrawnAsync(curves);
        await tab.HoldsAsync("() => Number(document.querySelector('#learning-curves .chart').dataset.points) > 0");
        int before = await PointsAsync(curves);
        await tab.HoldsAsync("before => Number(document.querySelector('#learning-curves .chart').dataset.points) > before", before);
        await Tab.DrawnAsync(tab.Page.Locator("#schedule"));

        await live.Sandbox.OutputAsync("cancel", "grows");
        await Tab.HasTextAsync(tab.Page.Locator(".head .pill"), "cancelled");
        tab.AssertQuiet();
    }

    [Fact]
    public async Task Sweep_SiloKilled_ShowsItAndRecovers()
    {
        Chromium.Require();
        await using Tab tab = await live.OpenAsync();
        await live.RunAsync("survives", PageSpecs.Tiny("survives"));
        await tab.GoAsync("#/sweeps/survives");
        await Tab.HasTextAsync(tab.Page.Locator("#connection"), "live");
        await Tab.ContainsAsync(tab.Page.Locator("#verdict"), "Best:");
        // The new silo may be there before anybody looks: the page itself writes down what it showed.
        await tab.Page.EvaluateAsync(
            """
            () => {
              const seen = [];
              window.seen = seen;
              new MutationObserver(() => seen.push(document.getElementById('connection').dataset.state)).observe(document.getElementById('connection'), { attributes: true });
            }
            """);

        Assert.True(await live.Sandbox.KillSiloAsync());

        await tab.HoldsAsync("() => window.seen.includes('lost') && window.seen.at(-1) === 'connected'");
        await Tab.HasTextAsync(tab.Page.Locator("#connection"), "live");
        await live.SubmitAsync("after", PageSpecs.Tiny("after"));
        await tab.GoAsync();
        await Tab.ContainsAsync(tab.Page.Locator("tr[data-sweep='after']"), "completed");
        tab.AssertQuiet("Failed to load resource", "net::ERR_");
    }

    [Fact]
    public async Task Page_BehindAProxyUnderAnotherName_SignsInAndStreams()
    {
        Chromium.Require();
        await using ReverseProxy proxy = await ReverseProxy.StartAsync(live.Address);
        var address = new UriBuilder(live.Address) { Host = Chromium.ProxyHost, Port = proxy.Port }.Uri;
        await using Tab tab = await Tab.OpenAsync(live.Browser, address, signedIn: null);
        await tab.GoAsync();
        await tab.Page.GetByLabel("Key").FillAsync("not the key");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.ShowsAsync("That is neither the key of this silo");
        await tab.Page.GetByLabel("Key").FillAsync(live.Key);
        await tab.Page.Keyboard.PressAsync("Enter");
        await Tab.HasTextAsync(tab.Page.Locator("h1"), "Sweeps");

        await using IAsyncDisposable running = await live.StartAsync("behind");
        await tab.GoAsync("#/sweeps/behind");
        await Tab.HasTextAsync(tab.Page.Locator("#connection"), "live");
        await Tab.HasTextAsync(tab.Page.Locator(".head .pill"), "running");
        await live.Sandbox.OutputAsync("cancel", "behind");
        await Tab.HasTextAsync(tab.Page.Locator(".head .pill"), "cancelled");

        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign out" }).ClickAsync();
        await Tab.HasTextAsync(tab.Page.Locator("h1"), "Sign in");
        await tab.Page.ReloadAsync();
        await Tab.HasTextAsync(tab.Page.Locator("h1"), "Sign in");
        tab.AssertQuiet("401");
    }

    private static async Task<int> PointsAsync(ILocator card) =>
        int.Parse(await card.Locator(".chart").First.GetAttributeAsync("data-points") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
}
