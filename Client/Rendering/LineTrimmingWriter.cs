using System.Text;

namespace Sweeper.Client.Rendering;

/// <summary>Leaves out blanks at the ends of lines, which tables pad their last column with. Writes line by line.</summary>
/// <param name="inner">Where the rest goes.</param>
internal sealed class LineTrimmingWriter(TextWriter inner) : TextWriter
{
    private readonly StringBuilder _line = new();

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value)
    {
        if (value != '\n')
        {
            _line.Append(value);
            return;
        }

        inner.Write(_line.ToString().TrimEnd(' ', '\r') + "\n");
        _line.Clear();
    }

    /// <summary>Writes a line that has not ended yet as it stands.</summary>
    public override void Flush()
    {
        inner.Write(_line.ToString());
        _line.Clear();
        inner.Flush();
    }
}
