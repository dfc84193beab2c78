using System.Collections.Immutable;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Contracts.Access;

/// <summary>Tokens of the users that come over HTTP, and the audit log; any activation will do.</summary>
[Alias("Sweeper.IAccessGrain")]
public interface IAccessGrain : IGrainWithIntegerKey
{
    /// <summary>Lets a user in.</summary>
    /// <param name="name">Name of the user; one that no good token has.</param>
    /// <param name="role">What the user may do.</param>
    /// <param name="hash">Hash of the secret: the secret itself stays with whoever made it.</param>
    /// <param name="lifetime">How long it is good for; null: until it is revoked.</param>
    [Alias("CreateToken"), Audited("tokens create")]
    Task<ControlResult> CreateTokenAsync(string name, AccessRole role, string hash, TimeSpan? lifetime);

    /// <summary>Lets a user in no more; sessions and streams of the token end.</summary>
    [Alias("RevokeToken"), Audited("tokens revoke")]
    Task<ControlResult> RevokeTokenAsync(string name);

    /// <summary>Every token, revoked ones too, newest first.</summary>
    [Alias("ListTokens")]
    Task<ImmutableArray<AccessToken>> ListTokensAsync();

    /// <summary>Entries of the audit log, newest first.</summary>
    [Alias("ReadAudit")]
    Task<ImmutableArray<AuditEntry>> ReadAuditAsync(AuditQuery query);
}
