using System.Data.Common;
using Dapper;
using Sweeper.Contracts.Access;
using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store.Writing;

/// <summary>Appends an entry to the audit log; one that is there already is left as it is.</summary>
/// <param name="entry">The entry.</param>
/// <param name="stop">Gives up while it still waits.</param>
internal sealed class AuditChange(AuditEntry entry, CancellationToken stop) : StoreChange(stop)
{
    /// <inheritdoc/>
    public override int Rows => 1;

    /// <inheritdoc/>
    public override async Task<bool> ApplyAsync(DbTransaction transaction, StoreDialect dialect, CancellationToken cancellation) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition( // Null only after the transaction has ended.
            $"""
            INSERT INTO audit_log (id, happened_at, done_by, came_from, action, sweep, target, outcome, detail)
            VALUES (@Id, {dialect.Value("@At", ColumnType.Time)}, @By, @From, @Action, @Sweep, @Target, @Outcome, @Detail)
            ON CONFLICT (id) DO NOTHING
            """,
            new
            {
                Id = entry.Id.ToString(),
                At = StoreTime.ToText(entry.At),
                By = StoreText.Clean(entry.By),
                From = StoreText.Clean(entry.From),
                entry.Action,
                Sweep = StoreText.Clean(entry.Sweep),
                Target = StoreText.Clean(entry.Target),
                Outcome = EnumText<AuditOutcome>.Of(entry.Outcome),
                Detail = StoreText.Clean(entry.Detail),
            },
            transaction,
            cancellationToken: cancellation)) > 0;
}
