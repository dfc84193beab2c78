using System.Collections.Immutable;

namespace Sweeper.Client.Reports.Model;

/// <summary>A sweep's report as a document, before any format: what HTML and Markdown both write.</summary>
/// <param name="Title">Name of the sweep.</param>
/// <param name="Subtitle">The sweep in one line.</param>
/// <param name="Colophon">Who wrote it and when.</param>
/// <param name="Sections">Sections in their order, the verdict first.</param>
internal sealed record Report(string Title, string Subtitle, string Colophon, ImmutableArray<ReportSection> Sections)
{
    /// <summary>Every figure in the order of the text.</summary>
    public IEnumerable<ReportBlock.Figure> Figures => Sections.SelectMany(section => section.Blocks).OfType<ReportBlock.Figure>();
}

/// <summary>A part of a report with a heading.</summary>
/// <param name="Id">Word that a link within the report names it by.</param>
/// <param name="Title">Heading.</param>
/// <param name="Blocks">What stands below it; at least one.</param>
internal sealed record ReportSection(string Id, string Title, ImmutableArray<ReportBlock> Blocks);
