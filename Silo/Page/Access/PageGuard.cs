using System.Net;
using Sweeper.Silo.Page.Serving;

namespace Sweeper.Silo.Page.Access;

/// <summary>
/// What every request must pass: a known host's name (against DNS rebinding), our own path, and, where it changes anything,
/// a header that no foreign page can send. What concerns sweeps also needs a session.
/// </summary>
/// <param name="options">How the page is served.</param>
/// <param name="sessions">Who is signed in.</param>
internal sealed class PageGuard(PageOptions options, PageSessions sessions)
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

        if (NeedsSession(http.Request) && !HasSession(http))
        {
            await Refusals.WriteAsync(http, StatusCodes.Status401Unauthorized, "Not signed in; `sweeper page` prints an address that signs in.");
            return;
        }

        await next(http);
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

    private bool HasSession(HttpContext http)
    {
        if (!sessions.IsValid(http.Request.Cookies[sessions.CookieName], out bool renew))
        {
            return false;
        }

        if (renew)
        {
            SetCookie(http, sessions.Begin());
        }

        return true;
    }

    // The page itself holds nothing that is worth hiding, and must be there to sign in.
    private static bool NeedsSession(HttpRequest request) =>
        (request.Path.StartsWithSegments("/api", StringComparison.Ordinal, out PathString rest)
            && !(HttpMethods.IsPost(request.Method) && (rest == "/session" || rest == "/session/codes")))
        || request.Path.StartsWithSegments(OrleansDashboard.Path, StringComparison.OrdinalIgnoreCase);

    private static bool IsForeign(HttpRequest request) =>
        request.Headers[OwnHeader].Count == 0
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
