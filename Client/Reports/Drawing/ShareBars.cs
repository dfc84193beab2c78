using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;

namespace Sweeper.Client.Reports.Drawing;

/// <summary>Shares of a whole as bars with their intervals.</summary>
internal static class ShareBars
{
    private const double Width = 900;
    private const double RowHeight = 34;
    private const double Left = 220;
    private const double Right = Width - 90;
    private const double Top = 34;

    /// <summary>Draws them.</summary>
    /// <param name="shares">Name, share and its interval, each in [0, 1]; at least one.</param>
    public static XElement Draw(ImmutableArray<(string Name, double Share, double Lower, double Upper)> shares)
    {
        double height = Top + (shares.Length * RowHeight) + 10;
        List<XElement> marks = [SvgPen.Box(0, 0, Width, height, "#fff")];
        for (int percent = 0; percent <= 100; percent += 20)
        {
            double x = At(percent / 100.0);
            marks.Add(SvgPen.Line(x, Top - 6, x, height - 8, "#E3E5E8"));
            marks.Add(SvgPen.Text(x, Top - 12, string.Create(CultureInfo.InvariantCulture, $"{percent}%"), "middle", 11));
        }

        for (int i = 0; i < shares.Length; i++)
        {
            (string name, double share, double lower, double upper) = shares[i];
            double middle = Top + ((i + 0.5) * RowHeight);
            marks.Add(SvgPen.Text(Left - 12, middle + 4, name, "end", 13));
            marks.Add(SvgPen.Box(Left, middle - 9, At(share) - Left, 18, "#56B4E9"));
            marks.Add(SvgPen.Line(At(lower), middle, At(upper), middle, SvgPen.Ink, 1.5));
            marks.Add(SvgPen.Line(At(lower), middle - 5, At(lower), middle + 5, SvgPen.Ink, 1.5));
            marks.Add(SvgPen.Line(At(upper), middle - 5, At(upper), middle + 5, SvgPen.Ink, 1.5));
            marks.Add(SvgPen.Text(Math.Max(At(share), At(upper)) + 8, middle + 4, string.Create(CultureInfo.InvariantCulture, $"{100 * share:0}%"), "start", 12, bold: true));
        }

        return SvgPen.Drawing(Width, height, marks);
    }

    private static double At(double share) => Left + (Math.Clamp(share, 0, 1) * (Right - Left));
}
