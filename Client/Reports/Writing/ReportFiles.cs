using System.Text;
using System.Xml.Linq;
using Sweeper.Client.Exporting;
using Sweeper.Client.Reports.Model;

namespace Sweeper.Client.Reports.Writing;

/// <summary>Writes a report's files, each whole or not at all.</summary>
internal static class ReportFiles
{
    /// <summary>Writes them; a folder that is missing is made. Figures come first, so that the text never names one that is not there.</summary>
    /// <exception cref="IOException">One could not be written.</exception>
    public static async Task WriteAsync(Report report, ReportTarget target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target.File)!); // an absolute path of a file has a folder
        if (target.Format == ReportFormat.Html)
        {
            await AtomicFile.WriteAsync(target.File, HtmlWriter.Write(report));
            return;
        }

        Directory.CreateDirectory(target.Figures);
        foreach (ReportBlock.Figure figure in report.Figures)
        {
            await AtomicFile.WriteAsync(Path.Combine(target.Figures, $"{figure.Name}.svg"), Encoding.UTF8.GetBytes(figure.Svg.ToString(SaveOptions.DisableFormatting)));
        }

        await AtomicFile.WriteAsync(target.File, Encoding.UTF8.GetBytes(MarkdownWriter.Write(report, target.FiguresName)));
    }
}
