namespace Sweeper.Training.Data.Shards;

/// <summary>Lets one thread of one process at a time make the same shards. The system lets go of it where the holder dies.</summary>
internal static class FolderLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Holds a lock until the stream is disposed; waits where another holds it.</summary>
    /// <param name="path">File that stands for it; made where missing, and left.</param>
    /// <param name="context">When to stop waiting.</param>
    public static FileStream Take(string path, ReadContext context)
    {
        while (true)
        {
            context.Report(DataActivity.Reading, "", 0, null);
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException error) when (IsHeld(error))
            {
                context.Cancellation.WaitHandle.WaitOne(Pause);
            }
        }
    }

    /// <summary>Linux's EWOULDBLOCK, and what Windows says of a sharing violation.</summary>
    private static bool IsHeld(IOException error) => error.HResult is 11 or unchecked((int)0x80070020);
}
