using System.Collections.Immutable;
using Sweeper.Contracts.Access;

namespace Sweeper.Grains.Store;

/// <summary>Tokens of users, and the audit log. Every silo of a cluster reads the same.</summary>
public interface IAccessStore
{
    /// <summary>Keeps an entry of the audit log; it is durable when the task ends.</summary>
    /// <exception cref="Contracts.Errors.StoreUnavailableException">The store cannot be written.</exception>
    Task RecordAsync(AuditEntry entry, CancellationToken stop);

    /// <summary>Entries of the audit log, newest first.</summary>
    Task<ImmutableArray<AuditEntry>> ReadAuditAsync(AuditQuery query, CancellationToken stop);

    /// <summary>Adds a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="hash">Hash of its secret.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>False where another of that name was not revoked.</returns>
    Task<bool> AddTokenAsync(AccessToken token, string hash, CancellationToken stop);

    /// <summary>Revokes the token of a user.</summary>
    /// <returns>False where there is none.</returns>
    Task<bool> RevokeTokenAsync(string name, DateTimeOffset at, string by, CancellationToken stop);

    /// <summary>The token whose secret has a hash, revoked or not; null where there is none.</summary>
    Task<AccessToken?> FindTokenAsync(string hash, CancellationToken stop);

    /// <summary>A token, revoked or not; null where there is none.</summary>
    Task<AccessToken?> FindTokenAsync(Guid id, CancellationToken stop);

    /// <summary>Every token, revoked ones too, newest first.</summary>
    Task<ImmutableArray<AccessToken>> ListTokensAsync(CancellationToken stop);
}
