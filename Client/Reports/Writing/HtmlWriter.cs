using System.Diagnostics;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Sweeper.Client.Reports.Model;

namespace Sweeper.Client.Reports.Writing;

/// <summary>
/// A report as one HTML file that needs no other: style and drawings are inside, there is no script, and its policy forbids
/// the browser any request. It is built as a tree, so that every text is escaped and the file is well-formed XML as well.
/// </summary>
internal static class HtmlWriter
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'";

    /// <summary>The file.</summary>
    public static byte[] Write(Report report)
    {
        var document = new XElement(
            "html",
            new XAttribute("lang", "en"),
            Line(
                new XElement(
                    "head",
                    Line(
                        Empty("meta", ("charset", "utf-8")),
                        Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")),
                        Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy)),
                        new XElement("title", $"{CleanText.Of(report.Title)} · sweep report"),
                        new XElement("style", HtmlStyle.Sheet))),
                new XElement("body", Line(Header(report), Contents(report), Body(report), new XElement("footer", new XElement("p", CleanText.Of(report.Colophon)))))));
        using var stream = new MemoryStream();
        stream.Write("<!DOCTYPE html>\n"u8);
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };
        using (var writer = XmlWriter.Create(stream, settings))
        {
            document.Save(writer);
        }

        stream.Write("\n"u8);
        return stream.ToArray();
    }

    private static XElement Header(Report report) => new(
        "header",
        new XElement("h1", CleanText.Of(report.Title)),
        new XElement("p", new XAttribute("class", "subtitle"), CleanText.Of(report.Subtitle)));

    private static XElement Contents(Report report) => new(
        "nav",
        new XAttribute("aria-label", "Sections"),
        new XElement("ol", Line(report.Sections.Select(section => new XElement("li", new XElement("a", new XAttribute("href", $"#{section.Id}"), section.Title))))));

    private static XElement Body(Report report) => new(
        "main",
        Line(report.Sections.Select(section => new XElement(
            "section",
            new XAttribute("id", section.Id),
            new XAttribute("aria-labelledby", $"{section.Id}-title"),
            Line(section.Blocks.SelectMany(Block).Prepend(new XElement("h2", new XAttribute("id", $"{section.Id}-title"), section.Title)))))));

    private static IEnumerable<XElement> Block(ReportBlock block) => block switch
    {
        ReportBlock.Paragraph paragraph => [new XElement("p", Words(paragraph))],
        ReportBlock.Note note =>
        [
            new XElement(
                "p",
                new XAttribute("class", note.Kind == NoteKind.Warning ? "note warning" : "note"),
                new XElement("strong", note.Kind == NoteKind.Warning ? "Warning: " : "Note: "),
                CleanText.Of(note.Words)),
        ],
        ReportBlock.Bullets bullets => [new XElement("ul", Line(bullets.Items.Select(item => new XElement("li", Words(item)))))],
        ReportBlock.Facts facts =>
        [
            new XElement("dl", Line(facts.Items.SelectMany(item => new[] { new XElement("dt", item.Term), new XElement("dd", CleanText.Of(item.Value)) }))),
        ],
        ReportBlock.Code code => [new XElement("pre", new XAttribute("tabindex", "0"), new XElement("code", CleanText.Of(code.Text).TrimEnd()))],
        ReportBlock.Table table => [HtmlTable.Of(table)],
        ReportBlock.Figure figure => [Figure(figure)],
        _ => throw new UnreachableException(),
    };

    private static IEnumerable<object> Words(ReportBlock.Paragraph paragraph)
    {
        if (paragraph.Lead.Length > 0)
        {
            yield return new XElement("strong", paragraph.Lead);
            yield return " ";
        }

        yield return CleanText.Of(paragraph.Words);
    }

    private static XElement Figure(ReportBlock.Figure figure)
    {
        var drawing = new XElement(figure.Svg);
        drawing.SetAttributeValue("role", "img");
        drawing.SetAttributeValue("aria-label", CleanText.Of(figure.Alt));
        return new XElement(
            "figure",
            new XAttribute("id", $"figure-{figure.Name}"),
            new XElement("div", new XAttribute("class", "scroll drawing"), new XAttribute("tabindex", "0"), drawing),
            new XElement("figcaption", CleanText.Of(figure.Caption)));
    }

    // HTML knows no short form of an empty element but for those that are always empty.
    private static XElement Empty(string name, params (string Name, string Value)[] attributes) =>
        new(name, attributes.Select(attribute => new XAttribute(attribute.Name, attribute.Value)));

    private static IEnumerable<object> Line(params IEnumerable<XElement> elements) => elements.SelectMany(element => new object[] { "\n", element }).Append("\n");
}
