using System.Data.Common;
using Dapper;
using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store.Writing;

/// <summary>Revokes the token of a user; it stays listed.</summary>
/// <param name="name">Name of the user.</param>
/// <param name="at">When, UTC.</param>
/// <param name="by">Who revokes it.</param>
/// <param name="stop">Gives up while it still waits.</param>
internal sealed class RevokeTokenChange(string name, DateTimeOffset at, string by, CancellationToken stop) : StoreChange(stop)
{
    /// <inheritdoc/>
    public override int Rows => 1;

    /// <inheritdoc/>
    public override async Task<bool> ApplyAsync(DbTransaction transaction, StoreDialect dialect, CancellationToken cancellation)
    {
        DbConnection connection = transaction.Connection!; // Null only after the transaction has ended.
        string time = dialect.Value("@At", ColumnType.Time);
        var values = new { Name = StoreText.Clean(name), At = StoreTime.ToText(at), By = StoreText.Clean(by) };
        int changed = await connection.ExecuteAsync(new CommandDefinition(
            $"UPDATE access_tokens SET revoked_at = {time}, revoked_by = @By WHERE name = @Name AND revoked_at IS NULL",
            values, transaction, cancellationToken: cancellation));

        // Or an earlier try has done it, and its answer was lost.
        return changed > 0 || await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            $"SELECT COUNT(*) FROM access_tokens WHERE name = @Name AND revoked_at = {time} AND revoked_by = @By",
            values, transaction, cancellationToken: cancellation)) > 0;
    }
}
