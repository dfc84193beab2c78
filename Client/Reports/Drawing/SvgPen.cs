using System.Globalization;
using System.Xml.Linq;
using Sweeper.Client.Plotting;

namespace Sweeper.Client.Reports.Drawing;

/// <summary>SVG elements for drawings that ScottPlot has no plot for, in the look of its pictures.</summary>
internal static class SvgPen
{
    /// <summary>Colour of text and axes on the white ground that every drawing has.</summary>
    public const string Ink = "#202124";

    /// <summary>Colour of what stays behind the data.</summary>
    public const string Faint = "#9AA0A6";

    private static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    /// <summary>A drawing.</summary>
    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="content">Its elements, the hindmost first.</param>
    public static XElement Drawing(double width, double height, params IEnumerable<XElement> content) => Element(
        "svg", [("viewBox", $"0 0 {Number(width)} {Number(height)}"), ("width", Number(width)), ("height", Number(height))], content);

    /// <summary>An element.</summary>
    public static XElement Element(string name, IEnumerable<(string Name, string Value)> attributes, params IEnumerable<object> content) =>
        new(Namespace + name, attributes.Select(attribute => new XAttribute(attribute.Name, attribute.Value)), content);

    /// <summary>A straight line.</summary>
    public static XElement Line(double x1, double y1, double x2, double y2, string color, double width = 1) => Element(
        "line",
        [("x1", Number(x1)), ("y1", Number(y1)), ("x2", Number(x2)), ("y2", Number(y2)), ("stroke", color), ("stroke-width", Number(width))]);

    /// <summary>A rectangle.</summary>
    public static XElement Box(double x, double y, double width, double height, string fill) => Element(
        "rect", [("x", Number(x)), ("y", Number(y)), ("width", Number(width)), ("height", Number(height)), ("fill", fill)]);

    /// <summary>A disc.</summary>
    public static XElement Disc(double x, double y, double radius, string fill) =>
        Element("circle", [("cx", Number(x)), ("cy", Number(y)), ("r", Number(radius)), ("fill", fill)]);

    /// <summary>A line through points.</summary>
    /// <param name="points">The points.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="dashes">Lengths of dashes and gaps; empty: a whole line.</param>
    /// <param name="opacity">In [0, 1].</param>
    public static XElement Path(IEnumerable<(double X, double Y)> points, string color, double width, string dashes = "", double opacity = 1)
    {
        XElement line = Element(
            "polyline",
            [
                ("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))),
                ("fill", "none"), ("stroke", color), ("stroke-width", Number(width)), ("stroke-linejoin", "round"),
            ]);
        if (dashes.Length > 0)
        {
            line.SetAttributeValue("stroke-dasharray", dashes);
        }

        if (opacity < 1)
        {
            line.SetAttributeValue("stroke-opacity", Number(opacity));
        }

        return line;
    }

    /// <summary>Text.</summary>
    /// <param name="x">Where its anchor is.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="words">The text, safe for XML.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="size">Height of the letters in pixels.</param>
    /// <param name="bold">Whether it is bold.</param>
    public static XElement Text(double x, double y, string words, string anchor = "start", double size = 12, bool bold = false) => Element(
        "text",
        [
            ("x", Number(x)), ("y", Number(y)), ("text-anchor", anchor), ("font-size", Number(size)), ("fill", Ink),
            ("font-family", $"{EmbeddedFont.Family}, Verdana, sans-serif"), ("font-weight", bold ? "bold" : "normal"),
        ],
        words);

    /// <summary>A length or place with a hundredth of a pixel at most.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
