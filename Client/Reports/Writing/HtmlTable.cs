using System.Diagnostics;
using System.Xml.Linq;
using Sweeper.Client.Reports.Drawing;
using Sweeper.Client.Reports.Model;

namespace Sweeper.Client.Reports.Writing;

/// <summary>Tables in HTML: headers with their scope, the first column as the header of its row.</summary>
internal static class HtmlTable
{
    // Longer texts get room to fold in; shorter ones stay on their line.
    private const int LongWords = 40;

    /// <summary>The table in a box that scrolls where the screen is narrow.</summary>
    public static XElement Of(ReportBlock.Table table)
    {
        bool heat = table.Rows.Any(row => row.Any(cell => cell is ReportCell.Shaded or ReportCell.Blank));
        return new XElement(
            "div",
            new XAttribute("class", "scroll"),
            new XAttribute("tabindex", "0"),
            new XElement(
                "table",
                heat ? new XAttribute("class", "heat") : null,
                new XElement("caption", CleanText.Of(table.Caption)),
                new XElement("thead", new XElement("tr", table.Columns.Select(Header))),
                new XElement("tbody", table.Rows.Select(row => new object[] { "\n", new XElement("tr", row.Select((cell, i) => Cell(cell, table.Columns[i], isFirst: i == 0))) }))));
    }

    private static XElement Header(ReportColumn column) => new(
        "th",
        new XAttribute("scope", "col"),
        column.IsNumber ? new XAttribute("class", "number") : null,
        column.IsDrawing ? new XAttribute("aria-hidden", "true") : null,
        column.Header);

    private static XElement Cell(ReportCell cell, ReportColumn column, bool isFirst) => cell switch
    {
        ReportCell.Plain plain when isFirst => new XElement("th", new XAttribute("scope", "row"), PlainClass(plain, column), CleanText.Of(plain.Words)),
        ReportCell.Plain plain => new XElement("td", PlainClass(plain, column), CleanText.Of(plain.Words)),
        ReportCell.Shaded shaded => Shaded(shaded),
        ReportCell.Blank { Words: "" } => new XElement("td", new XAttribute("class", "blank"), new XElement("span", new XAttribute("class", "hidden"), "not tried")),
        ReportCell.Blank blank => new XElement("td", new XAttribute("class", "blank"), CleanText.Of(blank.Words)),
        ReportCell.Drawing drawing => new XElement("td", new XAttribute("aria-hidden", "true"), new XElement(drawing.Svg)),
        _ => throw new UnreachableException(),
    };

    private static XAttribute? PlainClass(ReportCell.Plain cell, ReportColumn column) =>
        column.IsNumber ? new XAttribute("class", "number")
        : cell.Words.Length > LongWords ? new XAttribute("class", "words")
        : null;

    private static XElement Shaded(ReportCell.Shaded cell)
    {
        (string ground, string text) = HeatColor.Of(cell.Heat);
        return new XElement(
            "td",
            cell.IsBest ? new XAttribute("class", "best") : null,
            new XAttribute("style", $"background: {ground}; color: {text}"),
            CleanText.Of(cell.Words));
    }
}
