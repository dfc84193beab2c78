using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Sweeper.Client.Plotting;

namespace Sweeper.Client.Reports.Drawing;

/// <summary>A picture as an element that can stand beside others in one document.</summary>
internal static partial class InlineSvg
{
    /// <summary>Draws it and gives it up.</summary>
    /// <param name="picture">The picture; disposed of.</param>
    /// <returns>SVG whose ids begin with the picture's name, so that no two in a document are the same.</returns>
    public static XElement Of(Picture picture)
    {
        using (picture)
        {
            XElement svg = XDocument.Parse(Encoding.UTF8.GetString(picture.ToSvg())).Root!; // a document has one
            foreach (XAttribute attribute in svg.DescendantsAndSelf().Attributes())
            {
                attribute.Value = attribute.Name.LocalName switch
                {
                    "id" => $"{picture.Name}-{attribute.Value}",
                    "href" when attribute.Value.StartsWith('#') => $"#{picture.Name}-{attribute.Value[1..]}",
                    _ => Reference().Replace(attribute.Value, $"url(#{picture.Name}-"),
                };
            }

            if (svg.Attribute("viewBox") is null)
            {
                svg.SetAttributeValue("viewBox", $"0 0 {svg.Attribute("width")?.Value} {svg.Attribute("height")?.Value}");
            }

            return svg;
        }
    }

    [GeneratedRegex(@"url\(#")]
    private static partial Regex Reference();
}
