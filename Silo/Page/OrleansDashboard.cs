using Orleans.Dashboard;

namespace Sweeper.Silo.Page;

/// <summary>Orleans' own dashboard, for operators: which grains there are, what they are asked and how long that takes. It lies beside the page, behind the same session.</summary>
internal static class OrleansDashboard
{
    /// <summary>Where it is, below the page.</summary>
    public const string Path = "/orleans";

    // Its pictures make style sheets as they are drawn; its scripts are files.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Lets the silo count what the dashboard shows, where it is to be served: counting costs every call a little.</summary>
    public static ISiloBuilder AddPageDashboard(this ISiloBuilder silo, PageOptions page) =>
        page is { Serve: true, Dashboard: true } ? silo.AddDashboard(options => options.HideTrace = true) : silo;

    /// <summary>Serves it; whoever comes here has a session.</summary>
    /// <param name="app">The page.</param>
    /// <param name="silo">Services of the silo, which the dashboard lives on.</param>
    public static void MapPageDashboard(this IApplicationBuilder app, IServiceProvider silo)
    {
        var inside = new ApplicationBuilder(silo);
        inside.UseRouting();
        inside.UseEndpoints(endpoints => endpoints.MapOrleansDashboard());
        RequestDelegate dashboard = inside.Build();
        app.Map(Path, branch => branch.Run(http => ServeAsync(http, dashboard, silo)));
    }

    private static async Task ServeAsync(HttpContext http, RequestDelegate dashboard, IServiceProvider silo)
    {
        if (!http.Request.Path.HasValue)
        {
            http.Response.StatusCode = StatusCodes.Status308PermanentRedirect; // its addresses are relative to its folder
            http.Response.Headers.Location = Path[1..] + "/";
            return;
        }

        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        IServiceProvider own = http.RequestServices;
        await using AsyncServiceScope scope = silo.CreateAsyncScope();
        http.RequestServices = scope.ServiceProvider;
        try
        {
            await dashboard(http);
        }
        finally
        {
            http.RequestServices = own;
        }
    }
}
