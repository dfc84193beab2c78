using System.Diagnostics;
using System.Text;
using Sweeper.Client.Reports.Model;

namespace Sweeper.Client.Reports.Writing;

/// <summary>A report as Markdown (CommonMark with GitHub's tables), its figures as SVG files beside it.</summary>
internal static class MarkdownWriter
{
    /// <summary>The text.</summary>
    /// <param name="report">The report.</param>
    /// <param name="figures">Folder of the figures as links in the text name it.</param>
    public static string Write(Report report, string figures)
    {
        var text = new StringBuilder();
        text.Append("# ").Append(MarkdownText.Of(report.Title)).Append("\n\n").Append(MarkdownText.Of(report.Subtitle)).Append('\n');
        foreach (ReportSection section in report.Sections)
        {
            text.Append("\n## ").Append(section.Title).Append('\n');
            foreach (ReportBlock block in section.Blocks)
            {
                text.Append('\n');
                Write(block, text, figures);
            }
        }

        return text.Append("\n---\n\n").Append(MarkdownText.Of(report.Colophon)).Append('\n').ToString();
    }

    private static void Write(ReportBlock block, StringBuilder text, string figures)
    {
        switch (block)
        {
            case ReportBlock.Paragraph paragraph:
                text.Append(Words(paragraph)).Append('\n');
                break;
            case ReportBlock.Note note:
                text.Append("> **").Append(note.Kind == NoteKind.Warning ? "Warning" : "Note").Append(":** ").Append(MarkdownText.Of(note.Words)).Append('\n');
                break;
            case ReportBlock.Bullets bullets:
                text.AppendJoin("", bullets.Items.Select(item => $"- {Words(item)}\n"));
                break;
            case ReportBlock.Facts facts:
                text.AppendJoin("", facts.Items.Select(item => $"- {item.Term}: {MarkdownText.Of(item.Value)}\n"));
                break;
            case ReportBlock.Code code:
                string fence = MarkdownText.FenceFor(code.Text);
                text.Append(fence).Append(code.Language).Append('\n').Append(CleanText.Of(code.Text).TrimEnd()).Append('\n').Append(fence).Append('\n');
                break;
            case ReportBlock.Table table:
                Write(table, text);
                break;
            case ReportBlock.Figure figure:
                text.Append("![").Append(MarkdownText.Of(figure.Alt)).Append("](").Append(MarkdownText.Link($"{figures}/{figure.Name}.svg")).Append(")\n\n")
                    .Append(MarkdownText.Of(figure.Caption)).Append('\n');
                break;
            default:
                throw new UnreachableException();
        }
    }

    private static void Write(ReportBlock.Table table, StringBuilder text)
    {
        int[] kept = [.. Enumerable.Range(0, table.Columns.Length).Where(i => !table.Columns[i].IsDrawing)];
        text.Append(MarkdownText.Of(table.Caption)).Append("\n\n");
        Row(kept.Select(i => MarkdownText.Of(table.Columns[i].Header)));
        Row(kept.Select(i => table.Columns[i].IsNumber ? "---:" : "---"));
        foreach (var row in table.Rows)
        {
            Row(kept.Select(i => MarkdownText.Of(row[i].Words)));
        }

        void Row(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    private static string Words(ReportBlock.Paragraph paragraph) =>
        (paragraph.Lead.Length == 0 ? MarkdownText.Of(paragraph.Words) : $"**{paragraph.Lead}** {MarkdownText.Of(paragraph.Words)}").TrimEnd();
}
