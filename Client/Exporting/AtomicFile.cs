namespace Sweeper.Client.Exporting;

/// <summary>Writes a file whole or not at all.</summary>
internal static class AtomicFile
{
    /// <summary>Writes to a temporary file beside the target, then renames it; an old target is replaced.</summary>
    /// <param name="path">Target.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">It could not be written; nothing is left behind.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Environment.ProcessId}.tmp";
        try
        {
            await using (FileStream stream = new(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                await write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes bytes whole or not at all.</summary>
    public static Task WriteAsync(string path, byte[] content) => WriteAsync(path, stream => stream.WriteAsync(content).AsTask());
}
