namespace Sweeper.Contracts.Access;

/// <summary>A token that lets a user in over HTTP; not the secret itself.</summary>
/// <param name="Id">Identity; sessions that it began name it.</param>
/// <param name="Name">Name of the user.</param>
/// <param name="Role">What the user may do.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="ExpiresAt">When it runs out, UTC; null: never.</param>
/// <param name="RevokedAt">When it was revoked, UTC; null: it was not.</param>
/// <param name="RevokedBy">Who revoked it.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.AccessToken")]
public sealed record AccessToken(
    Guid Id,
    string Name,
    AccessRole Role,
    DateTimeOffset CreatedAt,
    string CreatedBy,
    DateTimeOffset? ExpiresAt = null,
    DateTimeOffset? RevokedAt = null,
    string? RevokedBy = null)
{
    /// <summary>Whether it lets anybody in.</summary>
    /// <param name="now">Time, UTC.</param>
    public bool IsGood(DateTimeOffset now) => RevokedAt is null && (ExpiresAt is null || ExpiresAt > now);
}
