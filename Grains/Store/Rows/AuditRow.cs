using System.Data.Common;
using Dapper;
using Sweeper.Contracts.Access;

namespace Sweeper.Grains.Store.Rows;

/// <summary>An entry of the audit log as it is read.</summary>
internal sealed class AuditRow
{
    /// <summary>Identity.</summary>
    public required string Id { get; init; }

    /// <summary>When, as text of <see cref="StoreTime"/>.</summary>
    public required string At { get; init; }

    /// <summary>Who.</summary>
    public required string DoneBy { get; init; }

    /// <summary>From where.</summary>
    public required string CameFrom { get; init; }

    /// <summary>What.</summary>
    public required string Action { get; init; }

    /// <summary>Which sweep.</summary>
    public string? Sweep { get; init; }

    /// <summary>Which worker or token.</summary>
    public string? Target { get; init; }

    /// <summary>What came of it, as <see cref="EnumText{T}"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>More about it.</summary>
    public required string Detail { get; init; }

    /// <summary>Reads entries, newest first.</summary>
    public static async Task<IEnumerable<AuditRow>> ReadAsync(DbTransaction transaction, StoreDialect dialect, AuditQuery query, CancellationToken stop)
    {
        string[] wanted =
        [
            .. query.Sweep is null ? [] : (string[])["sweep = @Sweep"],
            .. query.By is null ? [] : (string[])["(done_by = @By OR substr(done_by, 1, length(@By) + 1) = @By || '@')"],
            .. query.Since is null ? [] : (string[])[$"happened_at >= {dialect.Value("@Since", ColumnType.Time)}"],
        ];
        string where = wanted.Length == 0 ? "" : $"WHERE {string.Join(" AND ", wanted)}";
        return await transaction.Connection!.QueryAsync<AuditRow>(new CommandDefinition( // Null only after the transaction has ended.
            $"""
            SELECT id AS Id, {dialect.TimeText("happened_at")} AS At, done_by AS DoneBy, came_from AS CameFrom, action AS Action,
            sweep AS Sweep, target AS Target, outcome AS Outcome, detail AS Detail
            FROM audit_log {where} ORDER BY happened_at DESC, id DESC LIMIT {Math.Clamp(query.Most, 1, AuditQuery.Limit)}
            """,
            new { query.Sweep, query.By, Since = query.Since is { } since ? StoreTime.ToText(since) : null },
            transaction,
            cancellationToken: stop));
    }

    /// <summary>The entry.</summary>
    public AuditEntry ToEntry() => new(
        Guid.Parse(Id), StoreTime.Parse(At), DoneBy, CameFrom, Action, Sweep, Target, EnumText<AuditOutcome>.Parse(Outcome), Detail);
}
