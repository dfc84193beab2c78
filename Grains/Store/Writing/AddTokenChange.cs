using System.Data.Common;
using Dapper;
using Sweeper.Contracts.Access;
using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store.Writing;

/// <summary>Adds a token, unless its user has one.</summary>
/// <param name="token">The token.</param>
/// <param name="hash">Hash of its secret.</param>
/// <param name="stop">Gives up while it still waits.</param>
internal sealed class AddTokenChange(AccessToken token, string hash, CancellationToken stop) : StoreChange(stop)
{
    /// <inheritdoc/>
    public override int Rows => 1;

    /// <inheritdoc/>
    public override async Task<bool> ApplyAsync(DbTransaction transaction, StoreDialect dialect, CancellationToken cancellation)
    {
        DbConnection connection = transaction.Connection!; // Null only after the transaction has ended.
        await connection.ExecuteAsync(new CommandDefinition(
            $"""
            INSERT INTO access_tokens (id, name, role, hash, created_at, created_by, expires_at)
            VALUES (@Id, @Name, @Role, @Hash, {dialect.Value("@CreatedAt", ColumnType.Time)}, @CreatedBy, {dialect.Value("@ExpiresAt", ColumnType.Time)})
            ON CONFLICT DO NOTHING
            """,
            new
            {
                Id = token.Id.ToString(),
                token.Name,
                Role = EnumText<AccessRole>.Of(token.Role),
                Hash = hash,
                CreatedAt = StoreTime.ToText(token.CreatedAt),
                CreatedBy = StoreText.Clean(token.CreatedBy),
                ExpiresAt = token.ExpiresAt is { } end ? StoreTime.ToText(end) : null,
            },
            transaction,
            cancellationToken: cancellation));

        // It may have been there before: the answer of an earlier try was lost.
        return await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "SELECT COUNT(*) FROM access_tokens WHERE id = @Id", new { Id = token.Id.ToString() }, transaction, cancellationToken: cancellation)) > 0;
    }
}
