using System.Text;

namespace Sweeper.Grains.Workers.External;

/// <summary>Reads what a command prints, so that it never waits for a reader, and keeps the end of it.</summary>
internal sealed class OutputTail
{
    private const int KeptBytes = 8192, KeptLines = 12;

    private static readonly TimeSpan LastBytes = TimeSpan.FromSeconds(2);

    private readonly byte[] _ring = new byte[KeptBytes];
    private readonly Thread _reading;
    private long _length;

    /// <summary>Begins to read.</summary>
    /// <param name="stream">What the command writes to.</param>
    public OutputTail(Stream stream)
    {
        _reading = new Thread(() => Read(stream)) { IsBackground = true, Name = "output of a command" };
        _reading.Start();
    }

    /// <summary>The last lines, apart by bars, without control characters; to be called when the command has ended.</summary>
    public string Text()
    {
        bool whole = _reading.Join(LastBytes); // a process that left the group may hold the pipe open
        long length = Interlocked.Read(ref _length);
        int kept = (int)Math.Min(length, KeptBytes);
        byte[] tail = [.. Enumerable.Range(0, kept).Select(i => _ring[(length - kept + i) % KeptBytes])];
        string[] lines = [.. Encoding.UTF8.GetString(tail).Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        string text = string.Join(" | ", lines.TakeLast(KeptLines).Select(line => new string([.. line.Select(c => char.IsControl(c) ? ' ' : c)])));
        return whole ? text : text + " | (and more may follow)";
    }

    private void Read(Stream stream)
    {
        byte[] buffer = new byte[KeptBytes];
        try
        {
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                long length = _length;
                for (int i = 0; i < read; i++)
                {
                    _ring[(length + i) % KeptBytes] = buffer[i];
                }

                Interlocked.Exchange(ref _length, length + read);
            }
        }
        catch (Exception error) when (error is ObjectDisposedException or IOException)
        {
            // the job has ended, and with it the interest in what it prints
        }
    }
}
