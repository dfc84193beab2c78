using Spectre.Console;

namespace Sweeper.Client.Rendering;

/// <summary>Tables without lines: they read well on 80 columns, in a pipe and in a bug report.</summary>
internal static class PlainTable
{
    /// <summary>An empty table.</summary>
    /// <param name="headers">Headers of its columns.</param>
    public static Table Of(IEnumerable<string> headers)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (string header in headers)
        {
            table.AddColumn(new TableColumn(new Markup($"[grey]{Markup.Escape(header)}[/]")) { NoWrap = true, Padding = new Padding(0, 0, 2, 0) });
        }

        return table;
    }

    /// <summary>User's or silo's text, as it is.</summary>
    public static Text Cell(string? text) => new(text ?? "");
}
