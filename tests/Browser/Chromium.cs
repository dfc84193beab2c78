using Microsoft.Playwright;
using Xunit;

namespace Sweeper.Tests.Browser;

/// <summary>The browser of this machine: Debian's, nothing is downloaded.</summary>
internal static class Chromium
{
    /// <summary>Name under which the browser finds this machine, as behind a proxy.</summary>
    public const string ProxyHost = "sweeper.test";

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Its program; null where there is none.</summary>
    public static string? Path => Array.Find(Places, File.Exists);

    /// <summary>Skips a test where there is no browser.</summary>
    public static void Require() => Assert.SkipWhen(Path is null, $"no Chromium ({string.Join(", ", Places)}): apt-get install chromium");

    /// <summary>Starts it.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Path,
        Headless = true,
        Timeout = (float)Tab.Limit.TotalMilliseconds,
        Args =
        [
            "--no-sandbox", "--no-proxy-server", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            $"--host-resolver-rules=MAP {ProxyHost} 127.0.0.1",
        ],
    });
}
