using System.Net;
using System.Security.Authentication;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Sweeper.Silo.Page.Access;
using Sweeper.Silo.Page.Endpoints;
using Sweeper.Silo.Page.Serving;

namespace Sweeper.Silo.Page;

/// <summary>
/// The live page on a port of its own: nothing of the silo's other port (health, leash, measurements) can be reached through
/// it, whoever it is opened to.
/// </summary>
/// <param name="silo">Services of the silo.</param>
/// <param name="options">Options of the silo.</param>
/// <param name="folder">Data folder; keeps the port, so that a page that is open finds the next silo.</param>
/// <param name="life">Ends streams.</param>
internal sealed class PageServer(IServiceProvider silo, SiloOptions options, DataFolder folder, PageLife life) : IHostedService
{
    private const int MostBodyBytes = 64 * 1024;
    private const int MostConnections = 2000;

    private WebApplication? _app;

    /// <summary>Where it is, for a browser on this machine; null before it is served.</summary>
    public string? Address { get; private set; }

    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        PageOptions page = options.Page;
        IPAddress listen = page.Open.Length > 0 ? IPAddress.Parse(page.Open) : IPAddress.Loopback;
        int[] ports = page.Port > 0 ? [page.Port] : PagePort.Candidates(folder);
        foreach (int port in ports)
        {
            WebApplication app = Build(listen, port);
            try
            {
                await app.StartAsync(cancellationToken);
                _app = app;
                break;
            }
            catch (IOException error)
            {
                await app.DisposeAsync();
                if (port == ports[^1])
                {
                    throw new SiloStartException(
                        SiloExit.BadOptions,
                        $"the page cannot be served at {listen}, port {port} ({error.Message}); name another with --page-port, or 0 for any free one.");
                }
            }
        }

        int bound = PagePort.Of(_app!); // otherwise thrown
        PagePort.Keep(folder, bound);
        string host = IPAddress.Any.Equals(listen) || IPAddress.IPv6Any.Equals(listen) ? IPAddress.Loopback.ToString() : listen.ToString();
        Address = new UriBuilder(options.Tls is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps, host, bound, page.Base + "/").Uri.AbsoluteUri;
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await life.EndAsync();
        if (_app is not null)
        {
            await _app.StopAsync(cancellationToken);
            await _app.DisposeAsync();
        }
    }

    private WebApplication Build(IPAddress listen, int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Sweeper.Silo" });
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
            kestrel.Limits.MaxConcurrentConnections = MostConnections;
            kestrel.Listen(listen, port, endpoint =>
            {
                if (options.Tls is { } identity)
                {
                    endpoint.UseHttps(https =>
                    {
                        https.ServerCertificate = identity.Certificate;
                        https.ServerCertificateChain = identity.Between;
                        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
                    });
                }
            });
        });
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddSingleton(silo.GetRequiredService<ILoggerFactory>());
        builder.Services.AddRoutingCore();
        builder.Services.AddRateLimiter(limiter => RequestRate.Configure(limiter, options.Page.Rate));
        builder.Services.AddResponseCompression(compression =>
        {
            compression.Providers.Add<GzipCompressionProvider>(); // of API answers; an event stream must not wait for a block to fill
            compression.MimeTypes = ["application/json", "text/csv"];
        });
        WebApplication app = builder.Build();
        Map(app);
        return app;
    }

    private void Map(WebApplication app)
    {
        ILogger logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Sweeper.Page");
        PageGuard guard = silo.GetRequiredService<PageGuard>();
        app.UseForwardedHeaders(new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto }); // of loopback only
        app.UseRateLimiter();
        app.Use(next => http => Refusals.CatchAsync(http, inner => guard.PassAsync(inner, next), logger));
        app.UseResponseCompression();
        if (options.Page.Dashboard)
        {
            app.MapPageDashboard(silo);
        }

        app.UseRouting();
        RouteGroupBuilder api = app.MapGroup("/api");
        silo.GetRequiredService<SessionEndpoints>().Map(api);
        silo.GetRequiredService<SweepEndpoints>().Map(api);
        silo.GetRequiredService<StreamEndpoint>().Map(api);
        silo.GetRequiredService<JobEndpoints>().Map(api);
        silo.GetRequiredService<ExportEndpoints>().Map(api);
        silo.GetRequiredService<ActionEndpoints>().Map(api);
        silo.GetRequiredService<SubmitEndpoint>().Map(api);
        api.Map("{**rest}", http => Refusals.WriteAsync(http, StatusCodes.Status404NotFound, $"There is nothing at {http.Request.PathBase}{http.Request.Path}."));
        PageFiles files = PageFiles.Read(Path.Combine(AppContext.BaseDirectory, "page"));
        app.MapMethods("{**path}", [HttpMethods.Get, HttpMethods.Head], files.ServeAsync);
    }

    /// <summary>The silo lives and ends; its page only follows.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
