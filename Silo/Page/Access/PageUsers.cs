using Sweeper.Contracts.Access;
using Sweeper.Grains.Store;

namespace Sweeper.Silo.Page.Access;

/// <summary>
/// Tells who makes a request: by a token in its header, or by the session that its cookie names. Tokens are looked up in the
/// store each time, so that one that is revoked on any silo is good no more on all.
/// </summary>
internal sealed class PageUsers(PageKey key, PageSessions sessions, ISweepStore store, TimeProvider clock)
{
    private const string Scheme = "Bearer ";

    /// <summary>What a request shows in its header; null: nothing.</summary>
    public static string? ShownIn(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var shown && shown.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? shown[Scheme.Length..].Trim() : null;

    /// <summary>Who makes a request; null: nobody who may come in.</summary>
    /// <param name="http">The request.</param>
    public async Task<PageUser?> OfAsync(HttpContext http) =>
        ShownIn(http.Request) is { } secret ? await OfSecretAsync(secret, http.RequestAborted) : await OfSessionAsync(http.Request.Cookies[sessions.CookieName], http.RequestAborted);

    /// <summary>Whose a secret is: the folder's key or a token; null: nobody's.</summary>
    public async Task<PageUser?> OfSecretAsync(string secret, CancellationToken stop) =>
        key.Is(secret) ? PageUser.Owner
        : TokenSecret.HasForm(secret) ? Good(await store.Access.FindTokenAsync(TokenSecret.HashOf(secret), stop))
        : null;

    private async Task<PageUser?> OfSessionAsync(string? session, CancellationToken stop)
    {
        if (!sessions.IsValid(session, out _))
        {
            return null;
        }

        return sessions.TokenOf(session!) is { } token ? Good(await store.Access.FindTokenAsync(token, stop)) : PageUser.Owner; // it is valid
    }

    private PageUser? Good(AccessToken? token) =>
        token is not null && token.IsGood(clock.GetUtcNow()) ? new PageUser(token.Name, token.Role, token.Id) : null;
}
