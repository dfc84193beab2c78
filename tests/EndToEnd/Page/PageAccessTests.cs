using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Page;

/// <summary>Who may see the page, and what nobody gets from it.</summary>
[Collection(nameof(PageGroup))]
public sealed class PageAccessTests(PageSilo silo)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("api/session")]
    [InlineData("api/sweeps")]
    [InlineData("api/sweeps/tiny")]
    [InlineData("api/sweeps/tiny/stream")]
    [InlineData("api/sweeps/tiny/export.csv")]
    [InlineData("api/workers")]
    [InlineData("api/what/there/is/not")]
    public async Task Api_WithoutSession_IsRefused(string path)
    {
        using var stranger = new PageBrowser(silo.Address);

        Assert.Contains("sweeper page", (await stranger.JsonAsync(path, HttpStatusCode.Unauthorized)).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Actions_WithoutSession_AreRefused()
    {
        using var stranger = new PageBrowser(silo.Address);

        foreach (string action in new[] { "pause", "resume", "cancel", "retry", "limits" })
        {
            await stranger.DoAsync($"api/sweeps/tiny/{action}", new { }, HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task Session_KeyThenSignOut_OpensAndEnds()
    {
        using var browser = new PageBrowser(silo.Address);
        using HttpResponseMessage answer = await browser.PostAsync("api/session", new { key = silo.Key });

        string cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.All(new[] { "httponly", "samesite=strict", "path=/deep/sweeper/" }, part => Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(silo.Key, cookie, StringComparison.Ordinal);
        Assert.Equal("local", (await browser.JsonAsync("api/session")).GetProperty("node").GetString());

        using HttpRequestMessage signOut = new(HttpMethod.Delete, "api/session") { Headers = { { "X-Sweeper", "page" } } };
        using HttpResponseMessage gone = await browser.SendAsync(signOut);
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);

        using HttpRequestMessage old = new(HttpMethod.Get, "api/session") { Headers = { { "Cookie", cookie.Split(';')[0] } } };
        using HttpResponseMessage refused = await browser.SendAsync(old);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode); // not only the browser has forgotten it
    }

    [Fact]
    public async Task SignIn_WrongKeys_HaveTheirAddressWait()
    {
        using var guesser = new PageBrowser(silo.Address, IPAddress.Parse("127.0.0.77"));
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await guesser.SignInAsync($"wrong {i}"));
        }

        using HttpResponseMessage answer = await guesser.PostAsync("api/session", new { key = silo.Key });

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        using var other = new PageBrowser(silo.Address);
        Assert.Equal(HttpStatusCode.OK, await other.SignInAsync(silo.Key));
    }

    [Fact]
    public async Task Page_Command_PrintsAnAddressThatSignsInOnce()
    {
        SweeperProcess console = silo.Sandbox.Start("page", PageSilo.Done, "--no-open");
        await console.SaysAsync("#code=");
        Uri address = new(console.Out.Split('\n').First(line => line.Contains("#code=", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1]);

        Assert.Equal(silo.Address.AbsolutePath, address.AbsolutePath);
        Assert.Equal("?sweep=tiny", address.Query);
        using var browser = new PageBrowser(silo.Address);
        Assert.Equal(HttpStatusCode.OK, await browser.SignInAsync(address.Fragment["#code=".Length..]));
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.SignInAsync(address.Fragment["#code=".Length..]));

        console.Signal("INT");
        Assert.Equal(0, (await console.EndAsync(TimeSpan.FromMinutes(2))).ExitCode);
        await browser.JsonAsync("api/session"); // the silo was not its own
    }

    [Fact]
    public async Task Page_BadOptions_AreAllSaid()
    {
        await using var sandbox = new Sandbox();

        BadInput.Assert(
            await sandbox.RunAsync("page", "--page-prefix", "no path", "--page-open", "everywhere", "--trace-link", "http://localhost"), "--page-open must be", "bad options of the page");
        BadInput.Assert(await silo.Sandbox.RunAsync("page", "tny", "--no-open"), "Did you mean 'tiny'?", "a sweep that is not there");
        BadInput.Assert(await sandbox.RunAsync("page", "--cluster", "localhost:1"), "served by its silos", "the page of a cluster");
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.BadRequest)]
    [InlineData("localhost.evil.example", HttpStatusCode.BadRequest)]
    [InlineData("proxy.example", HttpStatusCode.OK)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1:99", HttpStatusCode.OK)]
    public async Task Request_OfAHostName_IsAnsweredForKnownNamesOnly(string host, HttpStatusCode status)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "api/sweeps") { Headers = { Host = host } };
        using HttpResponseMessage answer = await silo.Browser.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("page", "cross-site")]
    [InlineData("page", "same-site")]
    public async Task Post_OfAForeignPage_IsRefusedWithTheSession(string? header, string? site)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "api/sweeps/tiny/cancel") { Content = new StringContent("{}", new MediaTypeHeaderValue("text/plain")) };
        if (header is not null)
        {
            request.Headers.Add("X-Sweeper", header);
            request.Headers.Add("Sec-Fetch-Site", site);
        }

        using HttpResponseMessage answer = await silo.Browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("/deep/sweeper/../../page.key")]
    [InlineData("/deep/sweeper/..%2f..%2fpage.key")]
    [InlineData("/deep/sweeper/%2e%2e/%2e%2e/page.key")]
    [InlineData("/deep/sweeper/..\\page.key")]
    [InlineData("/deep/sweeper//etc/passwd")]
    [InlineData("/deep/sweeper/charts")]
    [InlineData("/deep/sweeper/appsettings.json")]
    [InlineData("/deep/sweeperx/")]
    [InlineData("/deep/")]
    [InlineData("/")]
    [InlineData("/health/live")]
    [InlineData("/leash")]
    [InlineData("/metrics")]
    public async Task File_OutsideThePage_IsNotThere(string path)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, silo.Address.Port, Stop);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), Stop);
        using var reader = new StreamReader(socket.GetStream());
        string answer = await reader.ReadToEndAsync(Stop);

        Assert.True(answer.StartsWith("HTTP/1.1 404", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        Assert.DoesNotContain(silo.Key, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OrleansDashboard_BesideThePage_IsThereForASessionOnly()
    {
        string place = (await silo.Browser.JsonAsync("api/session")).GetProperty("orleans_dashboard").GetString()!; // it is served
        using var stranger = new PageBrowser(silo.Address);
        await stranger.JsonAsync(place, HttpStatusCode.Unauthorized);
        await stranger.JsonAsync($"{place}DashboardCounters", HttpStatusCode.Unauthorized);

        using HttpResponseMessage start = await silo.Browser.GetAsync(place);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (start.StatusCode, start.Content.Headers.ContentType?.MediaType));
        Assert.Contains("script-src 'self';", Assert.Single(start.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Single((await silo.Browser.JsonAsync($"{place}DashboardCounters")).GetProperty("hosts").EnumerateArray());
    }

    [Fact]
    public async Task Files_OfThePage_ComeWithStrictHeadersAMarkAndCompressed()
    {
        using HttpResponseMessage start = await silo.Browser.GetAsync("");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (start.StatusCode, start.Content.Headers.ContentType?.MediaType));
        string policy = Assert.Single(start.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(start.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(start.Headers.GetValues("Referrer-Policy")));

        using HttpRequestMessage again = new(HttpMethod.Get, "") { Headers = { IfNoneMatch = { start.Headers.ETag! } } }; // it has one
        using HttpResponseMessage same = await silo.Browser.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);

        using HttpRequestMessage packed = new(HttpMethod.Get, "main.js") { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("gzip") } } };
        using HttpResponseMessage script = await silo.Browser.SendAsync(packed);
        Assert.Equal(("gzip", "text/javascript"), (Assert.Single(script.Content.Headers.ContentEncoding), script.Content.Headers.ContentType?.MediaType));

        using HttpRequestMessage bare = new(HttpMethod.Get, silo.Address.AbsoluteUri.TrimEnd('/'));
        using HttpResponseMessage moved = await silo.Browser.SendAsync(bare);
        Assert.Equal(HttpStatusCode.PermanentRedirect, moved.StatusCode);
        Assert.Equal(silo.Address, new Uri(new Uri(silo.Address.AbsoluteUri.TrimEnd('/')), moved.Headers.Location!)); // it has one
    }
}
