using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Sweeper.Tests.Browser;

/// <summary>The page by keyboard, by screen reader, on a phone, in light and dark.</summary>
[Collection(LivePageTests.Name)]
public sealed class AccessTests(LivePage live)
{
    private const string Sweep = "access";

    /// <summary>Pixels by which the browser may round what it keeps in place.</summary>
    private const double Rounding = 3;

    private static readonly AxeRunOptions Wcag = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    private static readonly (string View, string Ready)[] Views =
    [
        ("#/", "tr[data-sweep]"),
        ($"#/sweeps/{Sweep}", ".virtual tr.row"),
        ($"#/sweeps/{Sweep}/jobs/T-0001", ".figures"),
        ($"#/sweeps/{Sweep}/jobs/R-001", ".figures"),
        ($"#/sweeps/{Sweep}/compare/T-0001+T-0002", "table.compare"),
        ("#/nowhere", "h1"),
    ];

    [Fact]
    public async Task Views_InLightAndDark_BreakNoRuleOfWcag()
    {
        Chromium.Require();
        await EnsureSweepAsync();
        await using Tab tab = await live.OpenAsync();
        List<string> broken = [];
        foreach ((string view, string ready) in Views)
        {
            await OpenAsync(tab, view, ready);
            await tab.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => { details.open = true; })");
            foreach (ColorScheme colours in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await tab.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colours });
                broken.AddRange(await BrokenAsync(tab, $"{view} {colours}"));
            }
        }

        await using Tab stranger = await Tab.OpenAsync(live.Browser, live.Address, signedIn: null);
        await OpenAsync(stranger, "#/", "form");
        broken.AddRange(await BrokenAsync(stranger, "sign-in"));

        Assert.Equal([], broken);
        tab.AssertQuiet();
        stranger.AssertQuiet("401");
    }

    [Fact]
    public async Task Views_OnAPhone_NeverScrollSideways()
    {
        Chromium.Require();
        await EnsureSweepAsync();
        await using Tab tab = await live.OpenAsync(width: 360, height: 740);
        foreach ((string view, string ready) in Views)
        {
            await OpenAsync(tab, view, ready);
            int[] widths = await tab.Page.EvaluateAsync<int[]>("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]");
            Assert.True(widths[0] <= widths[1], $"{view} is {widths[0]} wide on a screen of {widths[1]}");
        }

        tab.AssertQuiet();
    }

    [Fact]
    public async Task Keyboard_FromTheListToATrialAndBack_IsEnough()
    {
        Chromium.Require();
        await EnsureSweepAsync();
        await using Tab tab = await live.OpenAsync();
        await OpenAsync(tab, "#/", $"tr[data-sweep='{Sweep}']");
        await tab.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the content", await FocusAsync(tab));
        await tab.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("MAIN", await tab.Page.EvaluateAsync<string>("() => document.activeElement.tagName"));
        await TabUntilAsync(tab, Sweep);
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.Locator(".virtual tr.row").First.WaitForAsync();
        Assert.Equal("MAIN", await tab.Page.EvaluateAsync<string>("() => document.activeElement.tagName"));

        await tab.Page.GetByLabel("Filter", new PageGetByLabelOptions { Exact = true }).FocusAsync();
        await tab.Page.Keyboard.TypeAsync("lr>0 T-0002");
        await tab.HoldsAsync("() => document.querySelectorAll('.virtual tr.row').length === 1");
        await TabUntilAsync(tab, "T-0002");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Tab.HasTextAsync(tab.Page.Locator("h1"), "Trial T-0002");
        await tab.Page.GoBackAsync();
        await Tab.HasTextAsync(tab.Page.Locator("h1"), Sweep);

        await tab.Page.GetByLabel("Filter", new PageGetByLabelOptions { Exact = true }).FillAsync("nonsense>1");
        await tab.ShowsAsync("\"nonsense\" is none of");
        tab.AssertQuiet();
    }

    [Fact]
    public async Task Stream_WhileSomebodyReads_TakesNeitherFocusNorScroll()
    {
        Chromium.Require();
        await using IAsyncDisposable running = await live.StartAsync("calm");
        await using Tab tab = await live.OpenAsync();
        await OpenAsync(tab, "#/sweeps/calm", ".worker");
        await Tab.DrawnAsync(tab.Page.Locator("#learning-curves"));
        ILocator link = tab.Page.Locator(".virtual tr.row a").First;
        await link.FocusAsync();
        // Where it is seen: charts that appear above it must not move it.
        const string place = "() => Math.round(document.activeElement.getBoundingClientRect().top)";
        double before = await tab.Page.EvaluateAsync<double>(place);
        string step = await tab.Page.Locator(".worker .soft").First.InnerTextAsync();

        await tab.HoldsAsync("step => document.querySelector('.worker .soft').innerText !== step", step);

        Assert.Equal("T-0001", await FocusAsync(tab));
        Assert.InRange(await tab.Page.EvaluateAsync<double>(place), before - Rounding, before + Rounding);
        tab.AssertQuiet();
    }

    private async Task EnsureSweepAsync()
    {
        if (!(await live.Sandbox.OutputAsync("list")).Contains(Sweep, StringComparison.Ordinal))
        {
            await live.RunAsync(Sweep, PageSpecs.Tiny(Sweep));
        }
    }

    private static async Task OpenAsync(Tab tab, string view, string ready)
    {
        await tab.GoAsync(view);
        await tab.Page.Locator(ready).First.WaitForAsync(new LocatorWaitForOptions { Timeout = (float)Tab.Limit.TotalMilliseconds });
    }

    private static async Task<IEnumerable<string>> BrokenAsync(Tab tab, string where)
    {
        AxeResult result = await tab.Page.RunAxe(Wcag);
        await tab.Page.BringToFrontAsync(); // the checker has opened a page of its own before it, and what is hidden draws no frames
        return result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{where}: {rule.Id}: {node.Html}: {string.Join("; ", node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}"));
    }

    private static Task<string> FocusAsync(Tab tab) => tab.Page.EvaluateAsync<string>("() => document.activeElement.textContent");

    /// <summary>Presses Tab until a link of this name has the focus.</summary>
    private static async Task TabUntilAsync(Tab tab, string name)
    {
        for (int press = 0; press < 60; press++)
        {
            await tab.Page.Keyboard.PressAsync("Tab");
            if (await FocusAsync(tab) == name)
            {
                return;
            }
        }

        Assert.Fail($"Tab never reaches {name}");
    }
}
