using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sweeper.Tests.EndToEnd;
using Xunit;

namespace Sweeper.Tests.Browser;

/// <summary>A silo with its page, started as a user does, and a browser that is signed in. The page lies below a prefix of two parts.</summary>
public partial class LivePage : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private string? _signedIn;

    internal Sandbox Sandbox { get; } = new();

    /// <summary>Browser of the class.</summary>
    internal IBrowser Browser { get; private set; } = null!; // there once initialized, or the tests are skipped

    /// <summary>Address of the page.</summary>
    internal Uri Address { get; private set; } = null!; // the same

    /// <summary>Key of the silo.</summary>
    internal string Key => File.ReadAllText(Path.Combine(Sandbox.Data, "page.key")).Trim();

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null)
        {
            return;
        }

        await PrepareAsync();
        SweeperProcess console = Sandbox.Start("page", "--no-open", "--threads", "1", "--page-prefix", "/tools/sweeper", "--page-hosts", Chromium.ProxyHost);
        await console.SaysAsync("#code=");
        Match link = Link().Match(console.Out);
        Address = new Uri(link.Groups["page"].Value);
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(_playwright);
        await using Tab tab = await Tab.OpenAsync(Browser, Address, signedIn: null);
        await tab.GoAsync(link.Groups["fragment"].Value);
        await Tab.HasTextAsync(tab.Page.Locator("h1"), "Sweeps");
        _signedIn = await tab.StateAsync();
    }

    /// <summary>A tab of somebody who is signed in.</summary>
    internal Task<Tab> OpenAsync(ColorScheme colours = ColorScheme.Light, int width = 1280, int height = 900) =>
        Tab.OpenAsync(Browser, Address, _signedIn, colours, width, height);

    /// <summary>Submits a sweep by the console.</summary>
    internal Task SubmitAsync(string name, string spec) => Sandbox.OutputAsync("submit", Sandbox.Write($"{name}.yaml", spec));

    /// <summary>Starts a sweep that goes on until it is cancelled: at the end of the test, however that ends, since other tests need its slots.</summary>
    internal async Task<IAsyncDisposable> StartAsync(string name, int trials = 4)
    {
        await SubmitAsync(name, PageSpecs.Long(name, trials));
        return new Running(this, name);
    }

    /// <summary>Submits a sweep and waits until it has ended.</summary>
    internal Task RunAsync(string name, string spec) => Sandbox.OutputAsync("run", Sandbox.Write($"{name}.yaml", spec));

    /// <summary>How a sweep stands, as the console sees it.</summary>
    internal async Task<string> StatusAsync(string sweep) => (await ShowAsync(sweep)).GetProperty("summary").GetProperty("status").GetString()!; // it has one

    /// <summary>A sweep, as the console sees it.</summary>
    internal Task<JsonElement> ShowAsync(string sweep) => Sandbox.JsonAsync("show", sweep);

    /// <summary>What is to be in the store before the silo with the page starts.</summary>
    private protected virtual Task PrepareAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Browser is not null)
        {
            await Browser.CloseAsync();
        }

        _playwright?.Dispose();
        await Sandbox.DisposeAsync();
    }

    private sealed class Running(LivePage live, string sweep) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await live.Sandbox.RunAsync("cancel", sweep); // which may have been done already
    }

    [GeneratedRegex(@"(?<page>http://\S+/)(?<fragment>\S*#code=\S+)")]
    private static partial Regex Link();
}

/// <summary>Classes of tests that share one silo and one browser.</summary>
[CollectionDefinition(Name)]
public sealed class LivePageTests : ICollectionFixture<LivePage>
{
    public const string Name = "live page";
}

/// <summary>Specs of the tests.</summary>
internal static class PageSpecs
{
    /// <summary>A sweep of seconds: two range tests, eight trials.</summary>
    public static string Tiny(string name) => $$$"""
        name: {{{name}}}
        seed: 3
        data: {set: synthetic, train_size: 600}
        model: mlp
        training: {epochs: 2}
        range_test: {epochs: 2, points: 50}
        search:
          seeds: 2
          space:
            max_lr: {range_test: {low: 0.25, high: 1, points: 2}}
            batch_size: 20
            weight_decay: [0, 1e-3]
            dropout: 0
        """;

    /// <summary>Trials that go on for as long as any test needs.</summary>
    public static string Long(string name, int trials = 4) => string.Create(CultureInfo.InvariantCulture, $$"""
        name: {{name}}
        seed: 5
        data: {set: synthetic, train_size: 600}
        model: mlp
        training: {epochs: 3000, evaluate_every: 5}
        search:
          strategy: random
          trials: {{trials}}
          space:
            max_lr: {log: [0.003, 0.03]}
            batch_size: 20
            weight_decay: 1e-4
            dropout: 0.1
        limits: {attempts: 30}
        """);
}
