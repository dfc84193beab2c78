using System.Xml.Linq;

namespace Sweeper.Client.Reports.Drawing;

/// <summary>Mean and spread of one row of a table on a scale that all its rows share.</summary>
/// <param name="low">Accuracy at the left end.</param>
/// <param name="high">Accuracy at the right end.</param>
internal sealed class ErrorBars(double low, double high)
{
    private const double Width = 150;
    private const double Height = 18;
    private const double Margin = 6;
    private const double Cap = 4;

    private const string Color = "#0072B2";

    /// <summary>Draws one.</summary>
    /// <param name="mean">Mean accuracy.</param>
    /// <param name="deviation">Sample standard deviation; null: a dot without a bar.</param>
    public XElement Of(double mean, double? deviation)
    {
        const double Middle = Height / 2;
        List<XElement> marks = [SvgPen.Line(Margin, Middle, Width - Margin, Middle, "#D5D8DC")];
        if (deviation is { } spread)
        {
            (double left, double right) = (At(mean - spread), At(mean + spread));
            marks.Add(SvgPen.Line(left, Middle, right, Middle, Color, 2));
            marks.Add(SvgPen.Line(left, Middle - Cap, left, Middle + Cap, Color, 2));
            marks.Add(SvgPen.Line(right, Middle - Cap, right, Middle + Cap, Color, 2));
        }

        // A mean beyond the scale is an arrow at its end, not a point of it.
        marks.Add(mean < low
            ? SvgPen.Path([(Margin + 5, Middle - 5), (Margin, Middle), (Margin + 5, Middle + 5)], Color, 2)
            : SvgPen.Disc(At(mean), Middle, 4, Color));
        XElement drawing = SvgPen.Drawing(Width, Height, marks);
        drawing.SetAttributeValue("aria-hidden", "true"); // the numbers stand beside it
        return drawing;
    }

    private double At(double accuracy) =>
        Margin + (Math.Clamp(high > low ? (accuracy - low) / (high - low) : 0.5, 0, 1) * (Width - (2 * Margin)));
}
