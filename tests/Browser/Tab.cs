using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace Sweeper.Tests.Browser;

/// <summary>A tab with a profile of its own. It remembers every error of the console and every request that leaves the page's origin.</summary>
internal sealed class Tab : IAsyncDisposable
{
    /// <summary>Longest wait for anything that the page is to show: a machine may be slow, a test that hangs must end.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly IBrowserContext _profile;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _strangers = new();
    private readonly string _origin;

    private Tab(IBrowserContext profile, IPage page, Uri address)
    {
        (_profile, Page, Address) = (profile, page, address);
        _origin = address.GetLeftPart(UriPartial.Authority);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Enqueue($"{message.Text} ({message.Location})");
            }
        };
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(_origin + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                _strangers.Enqueue(request.Url);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Address of the page, with a slash at its end.</summary>
    public Uri Address { get; }

    public static async Task<Tab> OpenAsync(IBrowser browser, Uri address, string? signedIn, ColorScheme colours = ColorScheme.Light, int width = 1280, int height = 900)
    {
        IBrowserContext profile = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            StorageState = signedIn, ColorScheme = colours, ViewportSize = new ViewportSize { Width = width, Height = height }, ReducedMotion = ReducedMotion.Reduce,
        });
        profile.SetDefaultTimeout((float)Limit.TotalMilliseconds);
        return new Tab(profile, await profile.NewPageAsync(), address);
    }

    /// <summary>Opens a view of the page, such as <c>#/sweeps/tiny</c>.</summary>
    public Task GoAsync(string view = "#/") => Page.GotoAsync(new Uri(Address, view).AbsoluteUri);

    /// <summary>What somebody who is signed in has in the browser.</summary>
    public Task<string> StateAsync() => _profile.StorageStateAsync();

    /// <summary>Waits for words in the page.</summary>
    public Task ShowsAsync(string text) => Assertions.Expect(Page.GetByText(text).First).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = (float)Limit.TotalMilliseconds });

    /// <summary>Waits until a part of the page has these words.</summary>
    public static Task HasTextAsync(ILocator part, string text) => Assertions.Expect(part).ToHaveTextAsync(text, new LocatorAssertionsToHaveTextOptions { Timeout = (float)Limit.TotalMilliseconds });

    /// <summary>Waits until a part of the page contains these words.</summary>
    public static Task ContainsAsync(ILocator part, string text) => Assertions.Expect(part).ToContainTextAsync(text, new LocatorAssertionsToContainTextOptions { Timeout = (float)Limit.TotalMilliseconds });

    /// <summary>Waits until an expression of the page holds. A function, since the page forbids evaluating text.</summary>
    public Task HoldsAsync(string function, object? argument = null) =>
        Page.WaitForFunctionAsync(function, argument, new PageWaitForFunctionOptions { Timeout = (float)Limit.TotalMilliseconds, PollingInterval = 50 });

    /// <summary>Scrolls a card into sight and waits until its chart is drawn.</summary>
    public static async Task DrawnAsync(ILocator card)
    {
        await card.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(card.Locator(".chart").First).ToHaveAttributeAsync("data-drawn", new System.Text.RegularExpressions.Regex("[1-9]"), new LocatorAssertionsToHaveAttributeOptions { Timeout = (float)Limit.TotalMilliseconds });
    }

    /// <summary>No error in the console, and no request to anybody else.</summary>
    /// <param name="expected">Part of errors that the test itself has brought about, such as those of a silo that is gone.</param>
    public void AssertQuiet(params string[] expected)
    {
        Assert.Equal([], _strangers);
        Assert.Equal([], _errors.Where(error => !Array.Exists(expected, part => error.Contains(part, StringComparison.Ordinal))));
    }

    public async ValueTask DisposeAsync() => await _profile.CloseAsync();
}
