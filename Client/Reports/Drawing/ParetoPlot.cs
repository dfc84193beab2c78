using System.Collections.Immutable;
using System.Xml.Linq;
using Sweeper.Client.Plotting;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reports.Drawing;

/// <summary>Configurations by cost and by what they reach; those that none beats are joined by steps.</summary>
/// <param name="cost">Header of the cost.</param>
/// <param name="value">Header of what they reach.</param>
/// <param name="costText">A cost in words.</param>
/// <param name="valueText">A value in words.</param>
internal sealed class ParetoPlot(string cost, string value, Func<double, string> costText, Func<double, string> valueText)
{
    private const double Width = 760;
    private const double Height = 360;
    private const double Left = 92;
    private const double Right = Width - 40;
    private const double Top = 40;
    private const double Bottom = Height - 56;
    private const int Ticks = 5;

    /// <summary>Draws it.</summary>
    /// <param name="front">At least one configuration.</param>
    public XElement Draw(ParetoFront front)
    {
        var costs = AxisScale.Of([.. front.All.Select(point => point.Cost)]);
        var values = new AxisScale(front.All.Min(point => point.Value), front.All.Max(point => point.Value), Log: false);
        string color = PlotTheme.Colors[0].ToHex();
        List<XElement> marks =
        [
            SvgPen.Box(0, 0, Width, Height, "#fff"),
            SvgPen.Line(Left, Top, Left, Bottom, SvgPen.Ink, 1.5),
            SvgPen.Line(Left, Bottom, Right, Bottom, SvgPen.Ink, 1.5),
            SvgPen.Text(Left, Top - 16, value, "middle", 13, bold: true),
            SvgPen.Text((Left + Right) / 2, Height - 12, cost, "middle", 13, bold: true),
        ];
        foreach (double tick in costs.Ticks(Ticks).DistinctBy(costText)) // costs that lie close have the same words
        {
            marks.Add(SvgPen.Line(X(tick), Bottom, X(tick), Bottom + 5, SvgPen.Ink));
            marks.Add(SvgPen.Text(X(tick), Bottom + 19, costText(tick), "middle"));
        }

        foreach (double tick in values.Ticks(Ticks).DistinctBy(valueText))
        {
            marks.Add(SvgPen.Line(Left - 5, Y(tick), Left, Y(tick), SvgPen.Ink));
            marks.Add(SvgPen.Text(Left - 9, Y(tick) + 4, valueText(tick), "end"));
        }

        marks.AddRange(front.All.Except(front.Front).Select(point => SvgPen.Disc(X(point.Cost), Y(point.Value), 4, SvgPen.Faint)));
        marks.Add(SvgPen.Path(Steps(front.Front), color, 2));
        marks.AddRange(front.Front.Select(point => SvgPen.Disc(X(point.Cost), Y(point.Value), 6, color)));
        return SvgPen.Drawing(Width, Height, marks);

        double X(double at) => Left + 16 + (costs.PlaceOf(at) * (Right - Left - 32));
        double Y(double at) => Bottom - 12 - (values.PlaceOf(at) * (Bottom - Top - 24));

        // What one can have for a cost is what the dearest that it pays for reaches.
        IEnumerable<(double X, double Y)> Steps(ImmutableArray<ParetoPoint> points)
        {
            for (int i = 0; i < points.Length; i++)
            {
                if (i > 0)
                {
                    yield return (X(points[i].Cost), Y(points[i - 1].Value));
                }

                yield return (X(points[i].Cost), Y(points[i].Value));
            }
        }
    }
}
