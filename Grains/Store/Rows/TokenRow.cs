using System.Data.Common;
using Dapper;
using Sweeper.Contracts.Access;

namespace Sweeper.Grains.Store.Rows;

/// <summary>A token as it is read; its hash stays where it is.</summary>
internal sealed class TokenRow
{
    /// <summary>Identity.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the user.</summary>
    public required string Name { get; init; }

    /// <summary>Role, as <see cref="EnumText{T}"/>.</summary>
    public required string Role { get; init; }

    /// <summary>When it was made, as text of <see cref="StoreTime"/>.</summary>
    public required string CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it runs out, as text of <see cref="StoreTime"/>.</summary>
    public string? ExpiresAt { get; init; }

    /// <summary>When it was revoked, as text of <see cref="StoreTime"/>.</summary>
    public string? RevokedAt { get; init; }

    /// <summary>Who revoked it.</summary>
    public string? RevokedBy { get; init; }

    /// <summary>Reads tokens, newest first.</summary>
    /// <param name="transaction">Where to read.</param>
    /// <param name="dialect">Engine.</param>
    /// <param name="where">Which, in SQL; empty: all.</param>
    /// <param name="values">Values of its parameters.</param>
    /// <param name="stop">Gives up.</param>
    public static async Task<IEnumerable<TokenRow>> ReadAsync(DbTransaction transaction, StoreDialect dialect, string where, object? values, CancellationToken stop) =>
        await transaction.Connection!.QueryAsync<TokenRow>(new CommandDefinition( // Null only after the transaction has ended.
            $"""
            SELECT id AS Id, name AS Name, role AS Role, {dialect.TimeText("created_at")} AS CreatedAt, created_by AS CreatedBy,
            {dialect.TimeText("expires_at")} AS ExpiresAt, {dialect.TimeText("revoked_at")} AS RevokedAt, revoked_by AS RevokedBy
            FROM access_tokens {where} ORDER BY access_tokens.created_at DESC, access_tokens.id DESC
            """,
            values,
            transaction,
            cancellationToken: stop));

    /// <summary>The token.</summary>
    public AccessToken ToToken() => new(
        Guid.Parse(Id),
        Name,
        EnumText<AccessRole>.Parse(Role),
        StoreTime.Parse(CreatedAt),
        CreatedBy,
        ExpiresAt is null ? null : StoreTime.Parse(ExpiresAt),
        RevokedAt is null ? null : StoreTime.Parse(RevokedAt),
        RevokedBy);
}
