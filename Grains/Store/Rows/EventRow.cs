using System.Data.Common;
using Dapper;

namespace Sweeper.Grains.Store.Rows;

/// <summary>An event as it is read.</summary>
internal sealed class EventRow
{
    /// <summary>Number within the sweep.</summary>
    public long Sequence { get; init; }

    /// <summary>When, as text of <see cref="StoreTime"/>.</summary>
    public required string HappenedAt { get; init; }

    /// <summary>Name of its type.</summary>
    public required string Kind { get; init; }

    /// <summary>The event as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>Reads a sweep's events in order.</summary>
    public static async Task<IEnumerable<EventRow>> ReadAsync(
        DbTransaction transaction, StoreDialect dialect, string sweep, long first, long last, CancellationToken stop) =>
        await transaction.Connection!.QueryAsync<EventRow>(new CommandDefinition( // Null only after the transaction has ended.
            $"""
            SELECT sequence AS Sequence, {dialect.TimeText("happened_at")} AS HappenedAt, kind AS Kind, payload AS Payload
            FROM sweep_events WHERE sweep = @sweep AND sequence BETWEEN @first AND @last ORDER BY sequence
            """,
            new { sweep, first, last },
            transaction,
            cancellationToken: stop));

    /// <summary>Reads a sweep's events of some kinds in order.</summary>
    public static async Task<IEnumerable<EventRow>> ReadAsync(
        DbTransaction transaction, StoreDialect dialect, string sweep, IReadOnlyList<string> kinds, CancellationToken stop) =>
        await transaction.Connection!.QueryAsync<EventRow>(new CommandDefinition( // As above.
            $"""
            SELECT sequence AS Sequence, {dialect.TimeText("happened_at")} AS HappenedAt, kind AS Kind, payload AS Payload
            FROM sweep_events WHERE sweep = @sweep AND kind IN ({string.Join(", ", kinds.Select((_, index) => $"@kind{index}"))}) ORDER BY sequence
            """,
            new DynamicParameters(kinds.Select((kind, index) => KeyValuePair.Create($"kind{index}", (object)kind)).Append(KeyValuePair.Create("sweep", (object)sweep))),
            transaction,
            cancellationToken: stop));

    /// <summary>Whether it is this event.</summary>
    public bool IsSame(StoredEvent item) =>
        HappenedAt == StoreTime.ToText(item.At) && Kind == item.Kind && Payload == item.Payload;

    /// <summary>The event.</summary>
    public StoredEvent ToEvent() => new(Sequence, StoreTime.Parse(HappenedAt), Kind, Payload);
}
