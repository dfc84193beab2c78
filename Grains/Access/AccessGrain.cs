using System.Collections.Immutable;
using Orleans.Concurrency;
using Sweeper.Contracts.Access;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store;

namespace Sweeper.Grains.Access;

/// <summary>Makes and revokes tokens, and reads the audit log.</summary>
[StatelessWorker]
internal sealed class AccessGrain(ISweepStore store, TimeProvider clock) : Grain, IAccessGrain
{
    /// <inheritdoc />
    public async Task<ControlResult> CreateTokenAsync(string name, AccessRole role, string hash, TimeSpan? lifetime)
    {
        string[] problems =
        [
            .. TokenSecret.ComplaintOf(name) is { } complaint ? [$"'{Caller.Clean(name)}' cannot be the name of a user: {complaint}"] : Array.Empty<string>(),
            .. Enum.IsDefined(role) ? Array.Empty<string>() : [$"there is no role {role}"],
            .. TokenSecret.IsHash(hash) ? Array.Empty<string>() : ["the token's hash is no SHA-256"],
            .. lifetime is null || lifetime > TimeSpan.Zero ? Array.Empty<string>() : ["a token is good for longer than no time"],
        ];
        if (problems.Length > 0)
        {
            return new ControlResult(false, string.Join("; ", problems));
        }

        DateTimeOffset now = clock.GetUtcNow();
        var token = new AccessToken(Guid.CreateVersion7(now), name, role, now, Caller.Current?.By ?? AuditFilter.Unknown, now + lifetime);
        return await store.Access.AddTokenAsync(token, hash, CancellationToken.None)
            ? new ControlResult(true, $"{name} may come in as {role.ToString().ToLowerInvariant()}{(token.ExpiresAt is { } end ? $" until {end:yyyy-MM-dd HH:mm} UTC" : "")}")
            : new ControlResult(false, $"{name} has a token already; `sweeper tokens revoke {name}` makes room for another");
    }

    /// <inheritdoc />
    public async Task<ControlResult> RevokeTokenAsync(string name) =>
        await store.Access.RevokeTokenAsync(name, clock.GetUtcNow(), Caller.Current?.By ?? AuditFilter.Unknown, CancellationToken.None)
            ? new ControlResult(true, $"the token of {name} is revoked: its sessions and streams end")
            : new ControlResult(false, $"{Caller.Clean(name)} has no token; `sweeper tokens list` shows those that there are");

    /// <inheritdoc />
    public Task<ImmutableArray<AccessToken>> ListTokensAsync() => store.Access.ListTokensAsync(CancellationToken.None);

    /// <inheritdoc />
    public Task<ImmutableArray<AuditEntry>> ReadAuditAsync(AuditQuery query) => store.Access.ReadAuditAsync(query, CancellationToken.None);
}
