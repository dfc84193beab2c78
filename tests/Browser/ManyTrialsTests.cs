using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Sweeper.Tests.Browser;

/// <summary>A sweep of 10,000 trials in the browser. Figures of time are printed, never asserted: they are the machine's as well.</summary>
public sealed class ManyTrialsTests(ManyTrialsPage live, ITestOutputHelper output) : IClassFixture<ManyTrialsPage>
{
    private const string Sweep = ManyTrialsPage.Sweep;
    private const int Trials = ManyTrialsPage.Trials;

    /// <summary>Rows that may be in the page at once: what fits on the screen and a few beyond its edges.</summary>
    private const int MostRows = 60;

    [Fact(Explicit = true)] // a measurement of a minute: beside all other suites, the coordinator may be too slow for it
    public async Task Sweep_OfTenThousandTrials_DrawsOnlyTheRowsInSight()
    {
        Chromium.Require();
        await using Tab tab = await live.OpenAsync();
        await tab.GoAsync($"#/sweeps/{Sweep}");
        await Tab.ContainsAsync(tab.Page.Locator("#progress"), "Trials: 10\u202f000 of 10\u202f000");
        ILocator card = tab.Page.Locator("#trials");
        await Tab.ContainsAsync(card, "10\u202f000 trials");
        await PaintAsync(tab);

        await card.ScrollIntoViewIfNeededAsync();
        Assert.InRange(await RowsAsync(tab), 1, MostRows);
        await MeasureAsync(tab, "sort by accuracy", "() => [...document.querySelectorAll('.virtual thead button')].find(button => button.textContent.startsWith('val. acc.')).click()");
        Assert.InRange(await RowsAsync(tab), 1, MostRows);
        await MeasureAsync(tab, "scroll to the middle", "() => { document.querySelector('.virtual').scrollTop = 5000 * 34; }");
        Assert.InRange(await RowsAsync(tab), 1, MostRows);
        await tab.HoldsAsync("() => Number(document.querySelector('.virtual tr.row').getAttribute('aria-rowindex')) > 4900");
        Assert.Equal((Trials + 1).ToString(CultureInfo.InvariantCulture), await tab.Page.Locator(".virtual table").GetAttributeAsync("aria-rowcount"));
        await MeasureAsync(tab, "filter", "() => { const filter = document.getElementById('filter'); filter.value = 'diverged'; filter.dispatchEvent(new Event('input')); }");
        await Tab.ContainsAsync(card, "588 of 10\u202f000 trials");

        await Tab.DrawnAsync(tab.Page.Locator("#heat-map"));
        await Tab.DrawnAsync(tab.Page.Locator("#parallel"));
        JsonElement sweep = await live.ShowAsync(Sweep);
        Assert.Equal(Trials, sweep.GetProperty("trials").GetArrayLength());
        tab.AssertQuiet("net::ERR_"); // a silo without a processor to itself may be started anew: the page goes on
    }

    private static Task<int> RowsAsync(Tab tab) => tab.Page.Locator(".virtual tr.row").CountAsync();

    private async Task PaintAsync(Tab tab)
    {
        double[] times = await tab.Page.EvaluateAsync<double[]>(
            "() => [performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, performance.now()]");
        output.WriteLine(FormattableString.Invariant($"first contentful paint after {times[0]:0} ms; 10,000 trials shown within {times[1]:0} ms of opening the page"));
    }

    /// <summary>Does something and waits until the next frame but one has been painted.</summary>
    private async Task MeasureAsync(Tab tab, string what, string function)
    {
        double milliseconds = await tab.Page.EvaluateAsync<double>(
            $$"""
            async () => {
              const start = performance.now();
              ({{function}})();
              await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)));
              return performance.now() - start;
            }
            """);
        output.WriteLine(FormattableString.Invariant($"{what}: {milliseconds:0} ms"));
    }
}

/// <summary>A silo whose store has the sweep already.</summary>
public sealed class ManyTrialsPage : LivePage
{
    public const string Sweep = "many";
    public const int Trials = 10_000;

    private protected override async Task PrepareAsync()
    {
        await SubmitAsync(Sweep, StoredTrials.Spec(Sweep, Trials));
        Assert.True(await Sandbox.KillSiloAsync());
        StoredTrials.End(Sandbox, Sweep);
    }
}
