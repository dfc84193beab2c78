using Sweeper.Contracts.Json;
using Sweeper.Contracts.Pages;
using Sweeper.Silo.Page.Access;
using Sweeper.Silo.Page.Serving;

namespace Sweeper.Silo.Page.Endpoints;

/// <summary>Signing in and out.</summary>
internal sealed class SessionEndpoints(
    SiloOptions options, DataFolder folder, PageKey key, PageSessions sessions, PageUsers users, SignInCodes codes, SignInLimit limit, PageGuard guard, PageAudit audit)
{
    /// <summary>What a console hands over to be let in.</summary>
    /// <param name="Key">The key of the data folder, a code, or a token.</param>
    internal sealed record SignIn(string? Key);

    /// <summary>A code that lets one browser in.</summary>
    /// <param name="Code">The code.</param>
    /// <param name="Seconds">How long it lasts.</param>
    internal sealed record CodeAnswer(string Code, double Seconds);

    /// <summary>Maps them.</summary>
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("session", (HttpContext http) => Results.Json(Info(PageUser.Of(http)), ResultsJson.OneLine));
        api.MapPost("session", (Delegate)SignInAsync); // as a RequestDelegate its answer would be dropped
        api.MapPost("session/codes", (Delegate)CreateCodeAsync);
        api.MapDelete("session", SignOut);
    }

    private async Task<IResult> SignInAsync(HttpContext http)
    {
        if (Waiting(http) is { } wait)
        {
            return wait;
        }

        SignIn? offered = await RequestBody.ReadAsync<SignIn>(http.Request);
        if (offered?.Key is not { Length: > 0 } text || await UserOfAsync(text, http.RequestAborted) is not { } user)
        {
            return await WrongAsync(http, "That is neither the key of this silo, nor a token or a code that is still good; `sweeper page` prints an address that signs in, once.");
        }

        guard.SetCookie(http, sessions.Begin(user.Token));
        await audit.SignedInAsync(http, user);
        return Results.Json(Info(user), ResultsJson.OneLine);
    }

    private async Task<PageUser?> UserOfAsync(string text, CancellationToken stop) =>
        codes.Take(text) ? PageUser.Owner : await users.OfSecretAsync(text, stop);

    /// <summary>Makes a code for whoever shows the key: the console, which can read its file.</summary>
    private async Task<IResult> CreateCodeAsync(HttpContext http)
    {
        if (Waiting(http) is { } wait)
        {
            return wait;
        }

        return PageUsers.ShownIn(http.Request) is { } shown && key.Is(shown)
            ? Results.Json(new CodeAnswer(codes.Create(), SignInCodes.Lifetime.TotalSeconds), ResultsJson.OneLine)
            : await WrongAsync(http, "A code is made for whoever shows the key of the data folder (Authorization: Bearer KEY).");
    }

    private IResult SignOut(HttpContext http)
    {
        if (http.Request.Cookies[sessions.CookieName] is { } token)
        {
            sessions.End(token);
        }

        guard.DropCookie(http);
        return Results.NoContent();
    }

    private IResult? Waiting(HttpContext http)
    {
        if (limit.Wait(http.Connection.RemoteIpAddress) is not { } wait)
        {
            return null;
        }

        int seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return Refusals.Of(StatusCodes.Status429TooManyRequests, $"Too many wrong keys from this address; try again in {seconds} s.");
    }

    private async Task<IResult> WrongAsync(HttpContext http, string message)
    {
        limit.Fail(http.Connection.RemoteIpAddress);
        await audit.NotSignedInAsync(http);
        return Refusals.Of(StatusCodes.Status401Unauthorized, message);
    }

    private SessionInfo Info(PageUser user) => new(
        user.Name,
        user.Role,
        typeof(SessionEndpoints).Assembly.GetName().Version?.ToString(3) ?? "",
        options.Node,
        folder.Root,
        $"--data-dir '{folder.Root.Replace("'", "'\\''", StringComparison.Ordinal)}'",
        options.Page.TraceLink.Length > 0,
        options.Page.Dashboard ? OrleansDashboard.Path[1..] + "/" : null);
}
