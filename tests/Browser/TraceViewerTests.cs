using Microsoft.Playwright;
using Sweeper.Tests.EndToEnd;
using Xunit;

namespace Sweeper.Tests.Browser;

/// <summary>A sweep's trace is seen in a viewer that a user starts with one command.</summary>
public sealed class TraceViewerTests
{
    /// <summary><c>SWEEPER_SCREENSHOTS</c>: a folder that a picture of what was seen is written to.</summary>
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("SWEEPER_SCREENSHOTS");

    [Fact]
    public async Task Viewer_SweepThatSendsItsTrace_ShowsItFromTheSubmissionToThePasses()
    {
        Chromium.Require();
        await using var sandbox = new Sandbox();
        await using TraceViewer viewer = await TraceViewer.StartAsync(sandbox.Root);
        await sandbox.OutputAsync("run", sandbox.Write("traced.yaml", PageSpecs.Tiny("traced")), "--otlp", viewer.Receiver, "--slots", "1", "--threads", "1");

        IPage page = await viewer.OpenAsync("/traces");
        ILocator trace = page.GetByText("sweeper: submit");
        await trace.First.WaitForAsync();
        await ShootAsync(page, "viewer-traces.png");
        await trace.First.ClickAsync();
        foreach (string span in (string[])["sweep", "trial", "attempt", "epoch"])
        {
            await page.GetByText(span).First.WaitForAsync();
        }

        await ShootAsync(page, "viewer-trace.png");
    }

    private static async Task ShootAsync(IPage page, string name)
    {
        if (Pictures is not null)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken); // it draws in several rounds
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, name), Animations = ScreenshotAnimations.Disabled });
        }
    }
}
