using Sweeper.Contracts.Access;
using Sweeper.Contracts.Errors;
using Sweeper.Grains.Store;

namespace Sweeper.Silo.Page.Access;

/// <summary>What the page itself adds to the audit log: who came in, and who was not allowed to do something.</summary>
internal sealed partial class PageAudit(ISweepStore store, SiloOptions options, TimeProvider clock, ILogger<PageAudit> logger)
{
    /// <summary>A caller of the page, for what it asks of the grains.</summary>
    public Caller CallerOf(HttpContext http, PageUser user) => new(user.Name, PlaceOf(http));

    /// <summary>Keeps that a user signed in.</summary>
    public Task SignedInAsync(HttpContext http, PageUser user) =>
        KeepAsync(http, user.Name, "sign in", null, AuditOutcome.Done, $"as {user.Role.ToString().ToLowerInvariant()}");

    /// <summary>Keeps that somebody showed what lets nobody in.</summary>
    public Task NotSignedInAsync(HttpContext http) => KeepAsync(http, "unknown", "sign in", null, AuditOutcome.Refused, "neither key, code nor token that is good");

    /// <summary>Keeps that a user may not do something.</summary>
    public Task RefusedAsync(HttpContext http, PageUser user, string action, string? sweep, string reason) =>
        KeepAsync(http, user.Name, action, sweep, AuditOutcome.Refused, reason);

    private async Task KeepAsync(HttpContext http, string by, string action, string? sweep, AuditOutcome outcome, string detail)
    {
        DateTimeOffset now = clock.GetUtcNow();
        var entry = new AuditEntry(Guid.CreateVersion7(now), now, by, PlaceOf(http), action, sweep is null ? null : Caller.Clean(sweep), null, outcome, detail);
        try
        {
            await store.Access.RecordAsync(entry, CancellationToken.None);
        }
        catch (StoreUnavailableException error)
        {
            LogNotKept(by, entry.From, action, outcome, detail, error);
        }
    }

    private string PlaceOf(HttpContext http) => $"{http.Connection.RemoteIpAddress?.ToString() ?? "?"} at the page of {options.Node}";

    [LoggerMessage(Level = LogLevel.Error, Message = "Not in the audit log, for the store is away: {By} from {From}: {Action}: {Outcome} {Detail}")]
    private partial void LogNotKept(string by, string from, string action, AuditOutcome outcome, string detail, Exception error);
}
