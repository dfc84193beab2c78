using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Sweeper.Tests.Browser;

/// <summary>
/// Pictures of the page for the documentation; asked for by name only:
/// <c>Sweeper.Tests.Browser -class '*Screenshots' -explicit only</c>. <c>SWEEPER_SCREENSHOTS</c> is the folder they are written to.
/// </summary>
[Collection(LivePageTests.Name)]
public sealed class Screenshots(LivePage live)
{
    private static readonly string Folder = Environment.GetEnvironmentVariable("SWEEPER_SCREENSHOTS") ?? Path.Combine(Path.GetTempPath(), "sweeper-screenshots");

    private const string Spec =
        """
        name: synthetic-mlp
        seed: 7
        data: {set: synthetic, train_size: 1200}
        model: mlp
        training: {epochs: 6, evaluate_every: 1}
        range_test: {epochs: 3, points: 90}
        search:
          seeds: 3
          space:
            max_lr: {range_test: {low: 0.1, high: 1, points: 4}}
            batch_size: [20, 40]
            weight_decay: [0, 1e-4, 1e-3]
            dropout: 0
        """;

    [Fact(Explicit = true)]
    public async Task Take_AllViews_WritesThePictures()
    {
        Chromium.Require();
        Directory.CreateDirectory(Folder);
        await live.RunAsync("warm-up", PageSpecs.Tiny("warm-up"));
        await live.RunAsync("baseline", PageSpecs.Tiny("baseline"));
        await live.SubmitAsync("synthetic-mlp", Spec);
        await using (Tab tab = await OpenAsync(height: 1500))
        {
            await tab.GoAsync("#/sweeps/synthetic-mlp");
            await tab.HoldsAsync("() => /^Trials: (2[4-9]|[3-9]\\d) of/.test(document.querySelector('#progress strong')?.textContent ?? '')");
            await Tab.DrawnAsync(tab.Page.Locator("#learning-curves"));
            await ShootAsync(tab, "page-sweep.png");
        }

        await using (Tab tab = await OpenAsync(height: 620))
        {
            await tab.GoAsync();
            await tab.Page.Locator("tr[data-sweep]").First.WaitForAsync();
            await ShootAsync(tab, "page-sweeps.png");
        }

        await live.Sandbox.OutputAsync("watch", "synthetic-mlp");
        await using (Tab tab = await OpenAsync(height: 1400))
        {
            await tab.GoAsync("#/sweeps/synthetic-mlp/jobs/T-0005");
            await Tab.DrawnAsync(tab.Page.Locator("#training-loss"));
            await ShootAsync(tab, "page-trial.png");
            await tab.Page.SetViewportSizeAsync(1280, 1330);
            await tab.GoAsync("#/sweeps/synthetic-mlp/compare/T-0003+T-0008+T-0015+T-0021");
            await Tab.DrawnAsync(tab.Page.Locator("#learning-curves"));
            await Tab.DrawnAsync(tab.Page.Locator("#schedules"));
            await ShootAsync(tab, "page-compare.png");
        }

        await using (Tab tab = await OpenAsync(width: 390, height: 1500))
        {
            await tab.GoAsync("#/sweeps/synthetic-mlp");
            await Tab.DrawnAsync(tab.Page.Locator("#learning-curves"));
            await ShootAsync(tab, "page-phone.png");
        }

        await using (Tab tab = await OpenAsync(ColorScheme.Dark, height: 1250))
        {
            await tab.GoAsync("#/sweeps/synthetic-mlp");
            await Tab.DrawnAsync(tab.Page.Locator("#heat-map"));
            await Tab.DrawnAsync(tab.Page.Locator("#parallel"));
            await tab.Page.EvaluateAsync("() => document.querySelector('#lr-range-tests').scrollIntoView()");
            await Tab.DrawnAsync(tab.Page.Locator("#lr-range-tests"));
            await tab.Page.EvaluateAsync("() => document.querySelector('#lr-range-tests').scrollIntoView()");
            await ShootAsync(tab, "page-dark.png", top: false);
        }
    }

    /// <summary>A tab whose commands do not name the folder of this run.</summary>
    private async Task<Tab> OpenAsync(ColorScheme colours = ColorScheme.Light, int width = 1280, int height = 900)
    {
        Tab tab = await live.OpenAsync(colours, width, height);
        await tab.Page.RouteAsync("**/api/session", async route =>
        {
            IAPIResponse answer = await route.FetchAsync();
            JsonNode session = JsonNode.Parse(await answer.TextAsync())!; // it is signed in
            session["console_options"] = "";
            await route.FulfillAsync(new RouteFulfillOptions { Response = answer, Body = session.ToJsonString() });
        });
        return tab;
    }

    private static async Task ShootAsync(Tab tab, string name, bool top = true)
    {
        if (top)
        {
            await tab.Page.EvaluateAsync("() => scrollTo(0, 0)");
        }

        // Two frames: what has scrolled into sight is drawn.
        await tab.Page.EvaluateAsync("() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 300))))");
        await tab.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Folder, name), Animations = ScreenshotAnimations.Disabled });
        tab.AssertQuiet();
    }
}
