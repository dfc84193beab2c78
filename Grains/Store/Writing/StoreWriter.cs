using System.Data.Common;
using System.Threading.Channels;
using Sweeper.Contracts.Errors;
using Sweeper.Contracts.Telemetry;

namespace Sweeper.Grains.Store.Writing;

/// <summary>
/// The store's only writer: takes all changes that wait, makes them in one transaction, and tells their callers after the
/// commit. A commit waits for the disk; sharing it is what lets many sweeps and trials end at once.
/// </summary>
internal sealed class StoreWriter : IAsyncDisposable
{
    /// <summary>Rows after which a transaction takes no further change, so that it stays short.</summary>
    private const int RowsPerTransaction = 10_000;

    private readonly StoreDialect _dialect;
    private readonly StoreRetry _retry;
    private readonly TimeSpan _patience;
    private readonly Channel<StoreChange> _waiting = Channel.CreateUnbounded<StoreChange>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _loop;
    private DbConnection? _connection;

    /// <summary>Starts it.</summary>
    /// <param name="dialect">Engine.</param>
    /// <param name="retry">Tries again what may pass.</param>
    /// <param name="patience">How long.</param>
    public StoreWriter(StoreDialect dialect, StoreRetry retry, TimeSpan patience)
    {
        _dialect = dialect;
        _retry = retry;
        _patience = patience;
        _loop = Task.Run(LoopAsync);
    }

    /// <summary>Transactions committed so far.</summary>
    public long Transactions { get; private set; }

    /// <summary>Makes a change, in the order of the calls.</summary>
    /// <param name="change">The change.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>Whether there was something to change.</returns>
    public Task<bool> WriteAsync(StoreChange change, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(!_waiting.Writer.TryWrite(change), this);
        return change.Completion.WaitAsync(stop);
    }

    /// <summary>Writes what waits, without trying again, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _closing.CancelAsync();
        await _loop;
        await DropConnectionAsync();
        _closing.Dispose();
    }

    private async Task LoopAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            List<StoreChange> changes = TakeChanges();
            if (changes.Count > 0)
            {
                await CommitOrFailAsync(changes);
            }
        }
    }

    private List<StoreChange> TakeChanges()
    {
        var taken = new List<StoreChange>();
        int rows = 0;
        while (rows < RowsPerTransaction && _waiting.Reader.TryRead(out StoreChange? change))
        {
            if (!change.IsGivenUp())
            {
                taken.Add(change);
                rows += change.Rows;
            }
        }

        return taken;
    }

    private async Task CommitOrFailAsync(List<StoreChange> changes)
    {
        try
        {
            Action answer = await _retry.RunAsync(() => TryCommitAsync(changes), _patience, _closing.Token);
            answer();
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            Fail(changes, new StoreUnavailableException($"{_dialect.Description} was closed before it could be written."));
        }
        catch (Exception failure) when (changes.Count > 1 && failure is not StoreUnavailableException)
        {
            // The store is well, one of the changes is not: each on its own, so that it fails alone.
            foreach (StoreChange change in changes)
            {
                await CommitOrFailAsync([change]);
            }
        }
        catch (Exception failure)
        {
            Fail(changes, failure);
        }
    }

    /// <summary>Makes the changes in one transaction.</summary>
    /// <returns>Tells the callers; to be called once.</returns>
    private async Task<Action> TryCommitAsync(List<StoreChange> changes)
    {
        try
        {
            _connection ??= await _dialect.ConnectForWritingAsync(CancellationToken.None);
            await using DbTransaction transaction = await _dialect.BeginWritingAsync(_connection, CancellationToken.None);
            Action answer = () => { };
            foreach (StoreChange change in changes)
            {
                answer += await ApplyAsync(change, transaction);
            }

            await transaction.CommitAsync(CancellationToken.None);
            Transactions++;
            Instruments.StoreBatch.Record(changes.Count, new KeyValuePair<string, object?>(Attributes.DbSystem, _dialect.SystemName));
            return answer;
        }
        catch (Exception failure) when (_dialect.Explain(failure) is not null)
        {
            await DropConnectionAsync();
            throw;
        }
    }

    private async Task<Action> ApplyAsync(StoreChange change, DbTransaction transaction)
    {
        try
        {
            bool changed = await change.ApplyAsync(transaction, _dialect, CancellationToken.None);
            return () => change.Succeed(changed);
        }
        catch (SweepWriteConflictException conflict)
        {
            return () => change.Fail(conflict); // Nothing was changed: its neighbours go on.
        }
    }

    private async Task DropConnectionAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    private static void Fail(List<StoreChange> changes, Exception failure)
    {
        foreach (StoreChange change in changes)
        {
            change.Fail(failure);
        }
    }
}
