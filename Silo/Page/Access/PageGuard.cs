using System.Net;
using Sweeper.Contracts.Access;
using Sweeper.Silo.Page.Serving;

namespace Sweeper.Silo.Page.Access;

/// <summary>
/// What every request must pass: a known host's name (against DNS rebinding), our own path, and, where it changes anything,
/// a header that no foreign page can send. What concerns sweeps also needs a user: a session, or a token in the header.
/// </summary>
/// <param name="options">How the page is served.</param>
/// <param name="sessions">Sessions.</param>
/// <param name="users">Tells who makes a request.</param>
/// <param name="limit">How often an address may fail.</param>
/// <param name="audit">Keeps who was refused.</param>
internal sealed class PageGuard(PageOptions options, PageSessions sessions, PageUsers users, SignInLimit limit, PageAudit audit)
{
    /// <summary>Header that every request but GET and HEAD carries.</summary>
    public const string OwnHeader = "X-Sweeper";

    // ECharts and the page set styles through the CSSOM only, so none of them has to be allowed inline.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    private readonly HashSet<string> _hosts = new(options.HostNames.Append("localhost"), StringComparer.OrdinalIgnoreCase);

    /// <summary>Lets a request through, or answers it.</summary>
    public async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        string host = http.Request.Host.Host.Trim('[', ']');
        SetHeaders(http.Response.Headers, trusted: http.Request.IsHttps || IsThisMachine(host));
        if (http.Request.IsHttps && _hosts.Contains(host) && !IsThisMachine(host))
        {
            http.Response.Headers.StrictTransportSecurity = "max-age=31536000"; // of a name: one of this machine has other ports
        }

        if (!_hosts.Contains(host) && !IPAddress.TryParse(host, out _)) // an address cannot be bound to another one
        {
            await Refusals.WriteAsync(http, StatusCodes.Status400BadRequest, $"This page is not served under the name '{host}'; the silo is told of names with --page-hosts.");
            return;
        }

        PathString path = http.Request.Path;
        if (options.Base.Length > 0)
        {
            if (!path.StartsWithSegments(options.Base, StringComparison.Ordinal, out PathString inner))
            {
                await Refusals.WriteAsync(http, StatusCodes.Status404NotFound, $"There is nothing at {path}; the page is at {options.Base}/.");
                return;
            }

            http.Request.PathBase = options.Base;
            http.Request.Path = inner;
        }

        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && IsForeign(http.Request))
        {
            await Refusals.WriteAsync(http, StatusCodes.Status403Forbidden, $"Requests that change something come from the page itself and carry the header {OwnHeader}.");
            return;
        }

        if (NeedsUser(http.Request))
        {
            if (!await AdmitAsync(http))
            {
                return;
            }

            audit.CallerOf(http, PageUser.Of(http)).Speak(); // here, not further in: it flows on from here only
        }

        await next(http);
    }

    /// <summary>Finds out who makes the request; answers it where nobody does who may.</summary>
    private async Task<bool> AdmitAsync(HttpContext http)
    {
        bool shown = PageUsers.ShownIn(http.Request) is not null;
        if (shown && limit.Wait(http.Connection.RemoteIpAddress) is { } wait)
        {
            await Refusals.WaitAsync(http, wait, "Too many wrong keys from this address");
            return false;
        }

        if (await users.OfAsync(http) is not { } user)
        {
            if (shown)
            {
                limit.Fail(http.Connection.RemoteIpAddress);
                await audit.NotSignedInAsync(http);
            }

            http.Response.Headers.WWWAuthenticate = "Bearer";
            await Refusals.WriteAsync(http, StatusCodes.Status401Unauthorized, shown
                ? "This token lets nobody in, or no more; `sweeper tokens list` shows those that do."
                : "Not signed in, or no more; `sweeper page` prints an address that signs in, scripts show a token (Authorization: Bearer …).");
            return false;
        }

        if (user.Role < AccessRole.Admin && IsOperators(http.Request))
        {
            await audit.RefusedAsync(http, user, "orleans dashboard", null, "only an admin sees it");
            await Refusals.WriteAsync(http, StatusCodes.Status403Forbidden, "Only an admin sees what is here.");
            return false;
        }

        http.Features.Set(user);
        if (!shown && sessions.IsValid(http.Request.Cookies[sessions.CookieName], out bool renew) && renew)
        {
            SetCookie(http, sessions.Begin(user.Token));
        }

        return true;
    }

    /// <summary>Hands a session's token to the browser.</summary>
    public void SetCookie(HttpContext http, string token) => http.Response.Cookies.Append(sessions.CookieName, token, Cookie(http, PageSessions.Lifetime));

    /// <summary>Takes it back.</summary>
    public void DropCookie(HttpContext http) => http.Response.Cookies.Append(sessions.CookieName, "", Cookie(http, TimeSpan.Zero));

    private CookieOptions Cookie(HttpContext http, TimeSpan age) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps,
        Path = options.Base + "/",
        MaxAge = age,
        IsEssential = true,
    };

    // The page itself holds nothing that is worth hiding, and must be there to sign in.
    private static bool NeedsUser(HttpRequest request) =>
        (request.Path.StartsWithSegments("/api", StringComparison.Ordinal, out PathString rest)
            && !(HttpMethods.IsPost(request.Method) && (rest == "/session" || rest == "/session/codes")))
        || IsOperators(request);

    private static bool IsOperators(HttpRequest request) => request.Path.StartsWithSegments(OrleansDashboard.Path, StringComparison.OrdinalIgnoreCase);

    // A foreign page cannot send the header of a token either, and has none that it could send.
    private static bool IsForeign(HttpRequest request) =>
        (request.Headers[OwnHeader].Count == 0 && PageUsers.ShownIn(request) is null)
        || request.Headers["Sec-Fetch-Site"] is { Count: > 0 } site && site != "same-origin" && site != "none";

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <param name="headers">Headers of the answer.</param>
    /// <param name="trusted">Whether browsers trust the page's origin: elsewhere they ignore the opener policy, and complain of it.</param>
    private static void SetHeaders(IHeaderDictionary headers, bool trusted)
    {
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (trusted)
        {
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
        }

        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.XFrameOptions = "DENY";
        headers.CacheControl = "no-store";
    }
}
