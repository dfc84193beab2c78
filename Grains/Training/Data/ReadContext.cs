namespace Sweeper.Training.Data;

/// <summary>What every reader is handed: whom to tell, and when to stop.</summary>
/// <param name="Set">Name of the set.</param>
/// <param name="Progress">Told how far it has come; null: nobody.</param>
/// <param name="Cancellation">Stops the read.</param>
internal sealed record ReadContext(string Set, IProgress<DataProgress>? Progress, CancellationToken Cancellation)
{
    /// <summary>Tells how far it has come, unless cancelled.</summary>
    public void Report(DataActivity activity, string file, long done, long? total)
    {
        Cancellation.ThrowIfCancellationRequested();
        Progress?.Report(new DataProgress(Set, activity, file, done, total));
    }
}
