using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Sweeper.Tests.Browser;

/// <summary>A reverse proxy as simple as it gets: passes on what it is asked, under the name that it was asked by, and streams the answer.</summary>
internal sealed class ReverseProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _silo;

    private ReverseProxy(WebApplication app, HttpClient silo) => (_app, _silo) = (app, silo);

    /// <summary>Its port.</summary>
    public int Port { get; private set; }

    /// <summary>Starts one before a silo.</summary>
    public static async Task<ReverseProxy> StartAsync(Uri silo)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(silo.GetLeftPart(UriPartial.Authority)) };
        app.Run(http => PassAsync(http, client));
        await app.StartAsync(TestContext.Current.CancellationToken);
        string bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First(); // it listens
        return new ReverseProxy(app, client) { Port = new Uri(bound).Port };
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1)); // streams do not end by themselves
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
        _silo.Dispose();
    }

    private static async Task PassAsync(HttpContext http, HttpClient silo)
    {
        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), http.Request.Path + http.Request.QueryString);
        if (http.Request.ContentLength > 0)
        {
            request.Content = new StreamContent(http.Request.Body);
        }

        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in http.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
            }
        }

        try
        {
            using HttpResponseMessage answer = await silo.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
            http.Response.StatusCode = (int)answer.StatusCode;
            foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
            {
                http.Response.Headers[name] = values.ToArray();
            }

            await using Stream body = await answer.Content.ReadAsStreamAsync(http.RequestAborted);
            byte[] buffer = new byte[16 * 1024];
            while (await body.ReadAsync(buffer, http.RequestAborted) is > 0 and var read)
            {
                await http.Response.Body.WriteAsync(buffer.AsMemory(0, read), http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
            }
        }
        catch (HttpRequestException)
        {
            http.Response.StatusCode = (int)HttpStatusCode.BadGateway; // as proxies do where nobody is behind them
        }
        catch (OperationCanceledException)
        {
            // the browser has gone
        }
    }
}
