using System.Xml.Linq;

namespace Sweeper.Client.Reports.Model;

/// <summary>A column of a report's table.</summary>
/// <param name="Header">Its header.</param>
/// <param name="IsNumber">Whether its cells are numbers, which stand on the right.</param>
/// <param name="IsDrawing">Whether its cells are drawings that repeat the numbers beside them; formats without drawings leave it out.</param>
internal sealed record ReportColumn(string Header, bool IsNumber = false, bool IsDrawing = false)
{
    /// <summary>A column of numbers.</summary>
    public static ReportColumn Number(string header) => new(header, IsNumber: true);
}

/// <summary>A cell of a report's table. A closed family.</summary>
/// <param name="Words">Its text; empty where a drawing stands for it.</param>
internal abstract record ReportCell(string Words)
{
    /// <summary>Text.</summary>
    internal sealed record Plain(string Words) : ReportCell(Words);

    /// <summary>A value of a heat map.</summary>
    /// <param name="Words">The value.</param>
    /// <param name="Heat">Place between the least value (0) and the greatest (1).</param>
    /// <param name="IsBest">Whether no other cell has a greater value.</param>
    internal sealed record Shaded(string Words, double Heat, bool IsBest) : ReportCell(Words);

    /// <summary>A place of a heat map without a value.</summary>
    /// <param name="Words">Why, as a sign.</param>
    internal sealed record Blank(string Words) : ReportCell(Words);

    /// <summary>A small drawing that repeats numbers of its row.</summary>
    /// <param name="Svg">The drawing.</param>
    internal sealed record Drawing(XElement Svg) : ReportCell("");
}
