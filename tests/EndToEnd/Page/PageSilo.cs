using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Sweeper.Tests.EndToEnd.Page;

/// <summary>A silo that serves its page under a name and a prefix of its own, with a sweep that has ended.</summary>
public sealed class PageSilo : IAsyncLifetime
{
    internal const string Done = "tiny";

    // As a deployment would set them: the options of `sweeper page` are tested by themselves.
    private static readonly (string Name, string Value)[] Deployment =
    [
        ("Sweeper__Page__Prefix", "/deep/sweeper"), ("Sweeper__Page__Hosts", "proxy.example"), ("Sweeper__Page__TraceLink", "https://traces.example/{trace}"),
        ("Sweeper__Page__Dashboard", "true"),
    ];

    internal Sandbox Sandbox { get; } = new();

    /// <summary>Where the page is.</summary>
    internal Uri Address { get; private set; } = new("http://none.invalid");

    /// <summary>What lets people in.</summary>
    internal string Key => File.ReadAllText(Path.Combine(Sandbox.Data, "page.key")).Trim();

    /// <summary>A browser that is signed in.</summary>
    internal PageBrowser Browser { get; private set; } = null!; // set before the first test

    public async ValueTask InitializeAsync()
    {
        Ended run = await Sandbox.StartWith(Deployment, "run", Sandbox.Write("tiny.yaml", Specs.Tiny(Done)), "--keep", "--threads", "1", "--slots", "2").EndAsync(TimeSpan.FromMinutes(3));
        Assert.True(run.ExitCode == 0, run.ToString());
        using var silo = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Sandbox.Data, "silo.json"), TestContext.Current.CancellationToken));
        Address = new Uri(silo.RootElement.GetProperty("page").GetString()!); // it serves one
        Browser = new PageBrowser(Address);
        HttpStatusCode status = await Browser.SignInAsync(Key);
        Assert.Equal(HttpStatusCode.OK, status);
    }

    /// <summary>Submits a sweep that goes on until it is cancelled, and waits until it trains.</summary>
    internal async Task BeginAsync(string name)
    {
        await Sandbox.OutputAsync("submit", Sandbox.Write($"{name}.yaml", Specs.Trials(name, 3, epochs: 20_000)));
        await using EventStream stream = await Browser.StreamAsync(name);
        await stream.UntilAsync(one => one.Name is "points" or "curves" && one.Data.EnumerateArray().Any(curve => curve.GetProperty("curves").GetProperty("step").GetArrayLength() > 0));
    }

    public async ValueTask DisposeAsync()
    {
        Browser?.Dispose();
        await Sandbox.DisposeAsync();
    }
}

/// <summary>A browser as far as the server sees it: cookies, and the header of the page's own requests.</summary>
internal sealed class PageBrowser : IDisposable
{
    private readonly HttpClient _http;

    /// <summary>Creates one without a session.</summary>
    /// <param name="address">Where the page is.</param>
    /// <param name="from">Address that it comes from, on loopback; null: the usual one.</param>
    /// <param name="token">Token that it shows, as a script does; null: none.</param>
    public PageBrowser(Uri address, IPAddress? from = null, string? token = null)
    {
        var handler = new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None };
        if (from is not null)
        {
            handler.ConnectCallback = async (context, stop) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, stop);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            };
        }

        _http = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", token);
        }
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task<HttpStatusCode> SignInAsync(string key)
    {
        using HttpResponseMessage answer = await PostAsync("api/session", new { key });
        return answer.StatusCode;
    }

    /// <summary>Sends a request. Whether its body is wanted is asked first, as curl does: one that is refused for its length is not read, and the connection closed.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.ExpectContinue = request.Content is not null;
        return _http.SendAsync(request, Stop);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path, Stop);

    public Task<HttpResponseMessage> PostAsync(string path, object body, bool own = true)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (own)
        {
            request.Headers.Add("X-Sweeper", "page");
        }

        return SendAsync(request);
    }

    /// <summary>The JSON of an answer that must have a status.</summary>
    public async Task<JsonElement> JsonAsync(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using HttpResponseMessage answer = await GetAsync(path);
        return await ReadAsync(answer, status);
    }

    /// <summary>The JSON of an answer to an action.</summary>
    public async Task<JsonElement> DoAsync(string path, object body, HttpStatusCode status = HttpStatusCode.OK)
    {
        using HttpResponseMessage answer = await PostAsync(path, body);
        return await ReadAsync(answer, status);
    }

    /// <summary>Opens the stream of a sweep.</summary>
    /// <param name="sweep">Name of the sweep.</param>
    /// <param name="lastEventId">What a browser hands in that comes back; null: it comes for the first time.</param>
    /// <param name="query">Query of the address.</param>
    public async Task<EventStream> StreamAsync(string sweep, string? lastEventId = null, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"api/sweeps/{sweep}/stream{query}");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        HttpResponseMessage answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new EventStream(answer, await answer.Content.ReadAsStreamAsync(Stop));
    }

    public void Dispose() => _http.Dispose();

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        string text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.True(answer.StatusCode == status, $"{answer.RequestMessage?.RequestUri}: {(int)answer.StatusCode} {text}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
