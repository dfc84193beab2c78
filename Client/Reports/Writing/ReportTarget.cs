using Sweeper.Client.Exporting;

namespace Sweeper.Client.Reports.Writing;

/// <summary>Where a report goes.</summary>
/// <param name="File">Absolute path of the text.</param>
/// <param name="Format">Form of the text.</param>
internal sealed record ReportTarget(string File, ReportFormat Format)
{
    private const string BaseName = "report";

    /// <summary>Folder of a Markdown report's figures, beside the text.</summary>
    public string Figures => Path.Combine(Path.GetDirectoryName(File)!, FiguresName); // an absolute path of a file has a folder

    /// <summary>Name of that folder.</summary>
    public string FiguresName => $"{Path.GetFileNameWithoutExtension(File)}-figures";

    /// <summary>Decides and checks it before anything is asked of the cluster.</summary>
    /// <param name="given">File or folder; null: <paramref name="results"/>.</param>
    /// <param name="results">Folder of the sweep's results.</param>
    /// <param name="format">Form asked for; null: by the file's ending, else HTML.</param>
    /// <param name="force">Whether a file that was named may be replaced; a report in a folder always is.</param>
    /// <exception cref="CliException">It cannot be written.</exception>
    public static ReportTarget Of(string? given, string results, ReportFormat? format, bool force)
    {
        if (given is null || Directory.Exists(given) || Path.EndsInDirectorySeparator(given))
        {
            ReportFormat form = format ?? ReportFormat.Html;
            return new ReportTarget(Path.Combine(Path.GetFullPath(given ?? results), BaseName + Ending(form)), form);
        }

        bool isMarkdown = Path.GetExtension(given).ToLowerInvariant() is ".md" or ".markdown";
        return new ReportTarget(ExportTarget.Check(given, force), format ?? (isMarkdown ? ReportFormat.Markdown : ReportFormat.Html));
    }

    private static string Ending(ReportFormat format) => format == ReportFormat.Markdown ? ".md" : ".html";
}

/// <summary>Form of a report.</summary>
internal enum ReportFormat
{
    /// <summary>One HTML file that needs no other.</summary>
    Html,

    /// <summary>Markdown with figures beside it.</summary>
    Markdown,
}
