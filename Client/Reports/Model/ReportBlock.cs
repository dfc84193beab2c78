using System.Collections.Immutable;
using System.Xml.Linq;

namespace Sweeper.Client.Reports.Model;

/// <summary>A piece of a section. A closed family; its texts are plain, each format escapes them in its own way.</summary>
internal abstract record ReportBlock
{
    private ReportBlock()
    {
    }

    /// <summary>Running text.</summary>
    /// <param name="Words">The text.</param>
    /// <param name="Lead">Bold words before it; empty: none.</param>
    internal sealed record Paragraph(string Words, string Lead = "") : ReportBlock;

    /// <summary>Text that must not be overlooked.</summary>
    /// <param name="Kind">What sort of a note it is.</param>
    /// <param name="Words">The text.</param>
    internal sealed record Note(NoteKind Kind, string Words) : ReportBlock;

    /// <summary>A list.</summary>
    /// <param name="Items">At least one.</param>
    internal sealed record Bullets(ImmutableArray<Paragraph> Items) : ReportBlock;

    /// <summary>Terms with what they stand for.</summary>
    /// <param name="Items">At least one.</param>
    internal sealed record Facts(ImmutableArray<(string Term, string Value)> Items) : ReportBlock;

    /// <summary>Text to copy, letter by letter.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Language">What it is written in, as Markdown names it.</param>
    internal sealed record Code(string Text, string Language) : ReportBlock;

    /// <summary>A table whose first column names its rows.</summary>
    /// <param name="Caption">What it shows, and what its marks mean.</param>
    /// <param name="Columns">Columns in order.</param>
    /// <param name="Rows">A cell for each column.</param>
    internal sealed record Table(string Caption, ImmutableArray<ReportColumn> Columns, ImmutableArray<ImmutableArray<ReportCell>> Rows) : ReportBlock;

    /// <summary>A drawing.</summary>
    /// <param name="Name">File name without its ending where it lies beside the text.</param>
    /// <param name="Caption">What it shows and how to read it.</param>
    /// <param name="Alt">What somebody who cannot see it should know.</param>
    /// <param name="Svg">The drawing; its ids begin with <paramref name="Name"/>.</param>
    internal sealed record Figure(string Name, string Caption, string Alt, XElement Svg) : ReportBlock;
}

/// <summary>What sort of a note it is.</summary>
internal enum NoteKind
{
    /// <summary>Good to know.</summary>
    Information,

    /// <summary>Something that makes the figures say less than they seem to.</summary>
    Warning,
}
