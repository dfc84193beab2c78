using System.Text;

namespace Sweeper.Grains.Workers.External;

/// <summary>
/// The file that an external trainer appends its metrics to, read as it grows. A file, not a pipe: a full pipe would hold training
/// up, and what a library prints must not be taken for a metric.
/// </summary>
/// <param name="path">Where it lies.</param>
internal sealed class MetricsFile(string path)
{
    private const int LongestLine = 1 << 16;

    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly List<byte> _part = [];
    private long _position;

    /// <summary>Makes the file where there is none, and cuts a line that an earlier attempt did not write to its end.</summary>
    public void Prepare()
    {
        using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        file.SetLength(Array.LastIndexOf(content, (byte)'\n') + 1);
    }

    /// <summary>Whole lines that have been added since the last call.</summary>
    /// <param name="ended">Whether nobody writes any more: a last line then needs no line feed.</param>
    /// <exception cref="InvalidDataException">The file was cut, or a line has no end.</exception>
    public List<string> Read(bool ended)
    {
        List<string> lines = [];
        using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length < _position)
        {
            throw new InvalidDataException("the file of metrics was cut; lines are appended to it");
        }

        file.Position = _position;
        for (int read; (read = file.Read(_buffer)) > 0; _position += read)
        {
            Split(_buffer.AsSpan(0, read), lines);
        }

        if (ended && _part.Count > 0)
        {
            Take(lines);
        }

        return lines;
    }

    private void Split(ReadOnlySpan<byte> bytes, List<string> lines)
    {
        for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
        {
            _part.AddRange(bytes[..end]);
            Take(lines);
        }

        _part.AddRange(bytes);
        if (_part.Count > LongestLine)
        {
            throw new InvalidDataException($"a line of metrics is longer than {LongestLine} bytes");
        }
    }

    private void Take(List<string> lines)
    {
        string line = Encoding.UTF8.GetString([.. _part]).Trim();
        _part.Clear();
        if (line.Length > 0)
        {
            lines.Add(line);
        }
    }
}
