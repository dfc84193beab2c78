namespace Sweeper.Grains.Store.Rows;

/// <summary>Rows of several tables that are written together, within a transaction.</summary>
internal abstract class RowBatch
{
    /// <summary>Adds rows of a table, to be written after those added before. No two of them have the same key.</summary>
    public abstract void Add<TRow>(Table<TRow> table, IReadOnlyList<TRow> rows);

    /// <summary>Writes them.</summary>
    public abstract Task WriteAsync(CancellationToken stop);
}
