using System.Data.Common;
using Dapper;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Store.Rows;

namespace Sweeper.Grains.Store.Writing;

/// <summary>Appends events with the rows that they change.</summary>
internal sealed class AppendChange : StoreChange
{
    private readonly SweepWrite _write;
    private readonly CurveRow[] _curves;
    private readonly long _first;
    private readonly long _last;

    /// <summary>Checks and packs a write.</summary>
    /// <param name="write">What to append.</param>
    /// <param name="stop">Gives up while it still waits.</param>
    /// <exception cref="ArgumentException">The write does not hang together.</exception>
    public AppendChange(SweepWrite write, CancellationToken stop)
        : base(stop)
    {
        Check(write);
        _write = write;
        _first = write.Events[0].Sequence;
        _last = write.Events[^1].Sequence;
        _curves = [.. write.Curves.Select(CurveRow.Of)]; // Here, so that callers share the work and the writer only writes.
    }

    /// <inheritdoc/>
    public override int Rows => 1 + _write.Events.Length + _write.Cells.Length + _write.Trials.Length + _write.Attempts.Length + _curves.Length;

    /// <inheritdoc/>
    public override async Task<bool> ApplyAsync(DbTransaction transaction, StoreDialect dialect, CancellationToken cancellation)
    {
        // The sweep's row is the fence: it takes the events only where they follow the last ones, whoever else writes.
        int fenced = await transaction.Connection!.ExecuteAsync(new CommandDefinition( // Null only after the transaction has ended.
            _write.Spec is null ? UpdateSweep(dialect) : InsertSweep(dialect), SweepRow(), transaction, cancellationToken: cancellation));
        if (fenced == 0)
        {
            await RequireSameEventsAsync(transaction, dialect, cancellation);
            return false;
        }

        RowBatch rows = dialect.NewBatch(transaction);
        rows.Add(Tables.Events, Owned<StoredEvent>.All(_write.Sweep, _write.Events));
        rows.Add(Tables.Cells, Owned<CellRecord>.All(
            _write.Sweep, LastOfEach(_write.Cells, cell => cell.Number), cell => Fingerprint(JobKind.RangeTest, cell.Number)));
        rows.Add(Tables.Trials, Owned<TrialRecord>.All(
            _write.Sweep, LastOfEach(_write.Trials, trial => trial.Number), trial => Fingerprint(JobKind.Trial, trial.Number)));
        rows.Add(Tables.Attempts, Owned<AttemptRecord>.All(_write.Sweep, LastOfEach(_write.Attempts, attempt => (attempt.Job, attempt.Attempt))));
        rows.Add(Tables.Curves, LastOfEach(_curves, curves => curves.Job));
        await rows.WriteAsync(cancellation);
        return true;
    }

    private string? Fingerprint(JobKind kind, int number) => _write.Fingerprints.GetValueOrDefault(new JobKey(_write.Sweep, kind, number));

    private static void Check(SweepWrite write)
    {
        if (write.Events.IsDefaultOrEmpty)
        {
            throw new ArgumentException("A write has at least one event: its number is what keeps two coordinators apart.", nameof(write));
        }

        if (write.Events.Where((item, index) => item.Sequence != write.Events[0].Sequence + index).Any())
        {
            throw new ArgumentException("Numbers of events rise by one.", nameof(write));
        }

        if ((write.Spec is not null) != (write.Events[0].Sequence == 1))
        {
            throw new ArgumentException("The spec comes with event 1 and with no other.", nameof(write));
        }

        if (write.Attempts.Select(attempt => attempt.Job).Concat(write.Curves.Select(curves => curves.Job)).Any(job => job.Sweep != write.Sweep))
        {
            throw new ArgumentException("Attempts and curves belong to the sweep that is written.", nameof(write));
        }
    }

    /// <summary>Rows without those that a later row of the same write replaces.</summary>
    private static TRow[] LastOfEach<TRow, TKey>(IEnumerable<TRow> rows, Func<TRow, TKey> key)
        where TKey : notnull
    {
        var last = new Dictionary<TKey, TRow>();
        foreach (TRow row in rows)
        {
            last[key(row)] = row;
        }

        return [.. last.Values];
    }

    private static string InsertSweep(StoreDialect dialect) => $"""
        INSERT INTO sweeps (name, status, status_reason, created_at, updated_at, model, data_set, trials, ended, best_accuracy, sequence, spec, generation_of, generation)
        VALUES (@Name, @Status, @StatusReason, {dialect.Value("@CreatedAt", ColumnType.Time)}, {dialect.Value("@UpdatedAt", ColumnType.Time)},
                @Model, @DataSet, @Trials, @Ended, @BestAccuracy, @Last, {dialect.Value("@Spec", ColumnType.Json)},
                @GenerationOf, @Generation)
        ON CONFLICT (name) DO NOTHING
        """;

    private static string UpdateSweep(StoreDialect dialect) => $"""
        UPDATE sweeps
        SET status = @Status, status_reason = @StatusReason, updated_at = {dialect.Value("@UpdatedAt", ColumnType.Time)},
            trials = @Trials, ended = @Ended, best_accuracy = @BestAccuracy, sequence = @Last
        WHERE name = @Name AND sequence = @First - 1
        """;

    private object SweepRow()
    {
        SweepSummary sweep = _write.Summary;
        return new
        {
            sweep.Name,
            Status = EnumText<SweepStatus>.Of(sweep.Status),
            StatusReason = StoreText.Clean(sweep.StatusReason),
            CreatedAt = StoreTime.ToText(sweep.CreatedAt),
            UpdatedAt = StoreTime.ToText(sweep.UpdatedAt),
            sweep.Model,
            sweep.DataSet,
            sweep.Trials,
            sweep.Ended,
            BestAccuracy = sweep.BestAccuracy is double best && !double.IsNaN(best) ? best : (double?)null,
            sweep.GenerationOf,
            sweep.Generation,
            First = _first,
            Last = _last,
            Spec = _write.Spec is { } spec ? SpecJson.Write(spec) : null,
        };
    }

    /// <summary>
    /// Lets a write pass that is already there: its transaction was committed, but the connection was lost before the
    /// answer came, and so it was tried again.
    /// </summary>
    private async Task RequireSameEventsAsync(DbTransaction transaction, StoreDialect dialect, CancellationToken cancellation)
    {
        var stored = (await EventRow.ReadAsync(transaction, dialect, _write.Sweep, _first, _last, cancellation))
            .ToDictionary(row => row.Sequence);
        foreach (StoredEvent item in _write.Events)
        {
            if (!stored.TryGetValue(item.Sequence, out EventRow? row) || !row.IsSame(item))
            {
                throw new SweepWriteConflictException(_write.Sweep, item.Sequence);
            }
        }
    }
}
