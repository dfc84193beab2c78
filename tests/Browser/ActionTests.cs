using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Sweeper.Tests.Browser;

/// <summary>What is done on the page is seen by the console.</summary>
[Collection(LivePageTests.Name)]
public sealed class ActionTests(LivePage live)
{
    [Fact]
    public async Task Page_OfAViewer_ShowsTheSweepAndNoActions()
    {
        Chromium.Require();
        string token = (await live.Sandbox.JsonAsync("tokens", "create", "vera", "--role", "viewer")).GetProperty("token").GetString()!; // it is shown once
        await using IAsyncDisposable running = await live.StartAsync("seen");
        await using Tab tab = await Tab.OpenAsync(live.Browser, live.Address, signedIn: null);
        await tab.GoAsync("#/sweeps/seen");
        await tab.Page.GetByLabel("Key or token").FillAsync(token);
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in" }).ClickAsync();

        await Tab.HasTextAsync(Pill(tab), "running");
        await Assertions.Expect(tab.Page.Locator("#actions")).ToBeHiddenAsync();
        await tab.GoAsync("#/sweeps/seen/jobs/T-0001");
        await tab.Page.GetByText("sweeper why seen T-0001").WaitForAsync();
        await tab.Page.Locator("#connection", new PageLocatorOptions { HasTextString = "live" }).WaitForAsync();
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Retry" })).ToBeHiddenAsync();
        tab.AssertQuiet("401"); // before it signed in
    }

    [Fact]
    public async Task Actions_OnARunningSweep_AreSeenByTheConsole()
    {
        Chromium.Require();
        await using Tab tab = await live.OpenAsync();
        await using IAsyncDisposable running = await live.StartAsync("acted");
        await tab.GoAsync("#/sweeps/acted");
        await Tab.HasTextAsync(Pill(tab), "running");
        await Tab.ContainsAsync(tab.Page.Locator("#actions .command").First, "sweeper pause acted");

        await ActAsync(tab, "pause");
        await Tab.HasTextAsync(Pill(tab), "paused");
        Assert.Equal("paused", await live.StatusAsync("acted"));

        // A button that can do nothing keeps the focus and says why.
        await tab.Page.Locator("#actions button[data-action=pause]").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Tab.ContainsAsync(Result(tab), "nothing to do");

        await ActAsync(tab, "resume");
        await Tab.HasTextAsync(Pill(tab), "running");
        Assert.Equal("running", await live.StatusAsync("acted"));

        await ActAsync(tab, "cancel");
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Keep it running" }).ClickAsync();
        Assert.Equal("running", await live.StatusAsync("acted"));
        await ActAsync(tab, "cancel");
        await tab.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel the sweep" }).ClickAsync();
        await Tab.HasTextAsync(Pill(tab), "cancelled");
        Assert.Equal("cancelled", await live.StatusAsync("acted"));
        tab.AssertQuiet();
    }

    [Fact]
    public async Task Retry_OfStoppedTrials_PutsThemBack()
    {
        Chromium.Require();
        await using Tab tab = await live.OpenAsync();
        await using IAsyncDisposable running = await live.StartAsync("again", trials: 2);
        await tab.GoAsync("#/sweeps/again");
        await Tab.ContainsAsync(tab.Page.Locator(".worker").First, "step");
        await live.Sandbox.OutputAsync("cancel", "again");
        await Tab.HasTextAsync(Pill(tab), "cancelled");
        await tab.HoldsAsync("() => document.querySelectorAll('.worker').length === 0");
        Assert.NotEmpty(Stopped(await live.ShowAsync("again")));
        await Assertions.Expect(tab.Page.Locator("#actions button[data-action=retry]")).Not.ToHaveAttributeAsync("aria-disabled", "true", new LocatorAssertionsToHaveAttributeOptions { Timeout = (float)Tab.Limit.TotalMilliseconds });

        await ActAsync(tab, "retry");
        await Tab.ContainsAsync(Result(tab), "queued again");
        await Tab.HasTextAsync(Pill(tab), "running");

        Assert.Empty(Stopped(await live.ShowAsync("again")));
        tab.AssertQuiet();
    }

    [Fact]
    public async Task Limits_SetOnThePage_AreThoseThatTheConsoleShows()
    {
        Chromium.Require();
        await using Tab tab = await live.OpenAsync();
        await using IAsyncDisposable running = await live.StartAsync("limited");
        await live.Sandbox.OutputAsync("pause", "limited");
        await tab.GoAsync("#/sweeps/limited");
        await Tab.HasTextAsync(Pill(tab), "paused");
        await tab.Page.Locator("#actions summary").ClickAsync();
        ILocator wall = tab.Page.GetByLabel("wall time", new PageGetByLabelOptions { Exact = true });
        await wall.FillAsync("soon");
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Set limits" }).ClickAsync();
        await Tab.ContainsAsync(tab.Page.Locator("#actions [role=alert]"), "limits.wall_time");

        await wall.FillAsync("2h");
        await Tab.ContainsAsync(tab.Page.Locator("#actions form .command"), "limits.wall_time=2h");
        await tab.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Set limits" }).ClickAsync();
        await Assertions.Expect(Result(tab)).Not.ToBeEmptyAsync(new LocatorAssertionsToBeEmptyOptions { Timeout = (float)Tab.Limit.TotalMilliseconds });

        JsonElement spec = (await live.ShowAsync("limited")).GetProperty("spec").GetProperty("limits");
        Assert.Equal(TimeSpan.FromHours(2), TimeSpan.Parse(spec.GetProperty("wall_time").GetString()!, System.Globalization.CultureInfo.InvariantCulture)); // it is set
        tab.AssertQuiet("400");
    }

    private static ILocator Pill(Tab tab) => tab.Page.Locator(".head .pill");

    private static ILocator Result(Tab tab) => tab.Page.Locator("#actions > p[role=status]");

    private static Task ActAsync(Tab tab, string action) => tab.Page.Locator($"#actions button[data-action={action}]").ClickAsync();

    private static string[] Stopped(JsonElement sweep) =>
    [
        .. sweep.GetProperty("trials").EnumerateArray()
            .Where(trial => trial.GetProperty("outcome") is { ValueKind: JsonValueKind.Object } outcome && outcome.GetProperty("kind").GetString() == "stopped")
            .Select(trial => trial.GetProperty("number").ToString()),
    ];
}
