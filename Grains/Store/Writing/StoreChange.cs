using System.Data.Common;

namespace Sweeper.Grains.Store.Writing;

/// <summary>A change that waits to be written.</summary>
/// <param name="stop">Gives up while it still waits.</param>
internal abstract class StoreChange(CancellationToken stop)
{
    // A caller's code must not run on the writer's turn.
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Rows that it writes, roughly.</summary>
    public abstract int Rows { get; }

    /// <summary>Whether there was something to change; ends after the commit.</summary>
    public Task<bool> Completion => _completion.Task;

    /// <summary>Makes the change within a transaction. A conflict is thrown before anything is changed.</summary>
    /// <returns>Whether there was something to change.</returns>
    /// <exception cref="SweepWriteConflictException">Another writer was first.</exception>
    public abstract Task<bool> ApplyAsync(DbTransaction transaction, StoreDialect dialect, CancellationToken cancellation);

    /// <summary>Says that it is durable.</summary>
    public void Succeed(bool changed) => _completion.TrySetResult(changed);

    /// <summary>Says that it was not made.</summary>
    public void Fail(Exception failure) => _completion.TrySetException(failure);

    /// <summary>Whether the caller has given up, so that it need not be made.</summary>
    public bool IsGivenUp() => stop.IsCancellationRequested && _completion.TrySetCanceled(stop);
}
