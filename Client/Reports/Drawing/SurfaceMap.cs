using System.Globalization;
using System.Xml.Linq;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Analysis;

namespace Sweeper.Client.Reports.Drawing;

/// <summary>A fitted surface over max LR and weight decay: squares in the heat map's colours, with lines of equal accuracy.</summary>
internal sealed class SurfaceMap
{
    private const double Width = 900;
    private const double Height = 460;
    private const double Left = 110;
    private const double Right = Width - 120;
    private const double Top = 24;
    private const double Bottom = Height - 62;
    private const int Ticks = 5;

    private readonly SurfaceGrid _grid;
    private readonly AxisScale _rates;
    private readonly AxisScale _decays;
    private readonly AxisScale _accuracies;

    private SurfaceMap(SurfaceGrid grid)
    {
        _grid = grid;
        _rates = new AxisScale(grid.MaxLearningRates[0], grid.MaxLearningRates[^1], Log: true);
        _decays = new AxisScale(grid.WeightDecays[0], grid.WeightDecays[^1], Log: true);
        _accuracies = new AxisScale(grid.Accuracies.Min(), grid.Accuracies.Max(), Log: false);
    }

    /// <summary>Draws it.</summary>
    /// <param name="grid">Predictions; at least two rates and two decays.</param>
    public static XElement Draw(SurfaceGrid grid)
    {
        var map = new SurfaceMap(grid);
        return SvgPen.Drawing(Width, Height, [SvgPen.Box(0, 0, Width, Height, "#fff"), .. map.Squares(), .. map.Contours(), .. map.Axes(), .. map.Key()]);
    }

    private IEnumerable<XElement> Squares()
    {
        (int columns, int rows) = (_grid.MaxLearningRates.Length, _grid.WeightDecays.Length);
        (double width, double height) = ((Right - Left) / columns, (Bottom - Top) / rows);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                // A little larger than its place: browsers show hair lines between squares that only touch.
                yield return SvgPen.Box(Left + (j * width), Bottom - ((i + 1) * height), width + 0.4, height + 0.4, Color(_grid.Accuracies[(i * columns) + j]));
            }
        }
    }

    // Black on white, to be seen on dark and on light squares; each carries its value.
    private IEnumerable<XElement> Contours()
    {
        for (int i = 0; i < _grid.Contours.Length; i++)
        {
            IsoAccuracy line = _grid.Contours[i];
            for (int piece = 0; piece + 1 < line.MaxLearningRates.Length; piece += 2)
            {
                yield return SvgPen.Path([Point(line, piece), Point(line, piece + 1)], "#fff", 2.6, opacity: 0.6);
                yield return SvgPen.Path([Point(line, piece), Point(line, piece + 1)], "#000", 1.2);
            }

            if (line.MaxLearningRates.Length > 1)
            {
                (double x, double y) = Point(line, line.MaxLearningRates.Length / 4 * 2);
                XElement label = SvgPen.Text(x, y + 4, Percent(line.Accuracy), "middle", 11, bold: true);
                label.SetAttributeValue("stroke", "#fff");
                label.SetAttributeValue("stroke-width", "3");
                label.SetAttributeValue("paint-order", "stroke");
                yield return label;
            }
        }
    }

    private IEnumerable<XElement> Axes()
    {
        foreach (double rate in _rates.Ticks(Ticks))
        {
            yield return SvgPen.Line(XOf(rate), Bottom, XOf(rate), Bottom + 5, SvgPen.Ink);
            yield return SvgPen.Text(XOf(rate), Bottom + 20, HumanText.Rate(rate, 2), "middle");
        }

        foreach (double decay in _decays.Ticks(Ticks))
        {
            yield return SvgPen.Line(Left - 5, YOf(decay), Left, YOf(decay), SvgPen.Ink);
            yield return SvgPen.Text(Left - 10, YOf(decay) + 4, HumanText.Rate(decay, 2), "end");
        }

        yield return SvgPen.Text((Left + Right) / 2, Height - 16, "max LR", "middle", 13, bold: true);
        yield return SvgPen.Text(12, Top + 8, "wd", "start", 13, bold: true);
    }

    private IEnumerable<XElement> Key()
    {
        const int Steps = 24;
        double height = (Bottom - Top) / Steps;
        for (int i = 0; i < Steps; i++)
        {
            yield return SvgPen.Box(Right + 24, Bottom - ((i + 1) * height), 18, height + 0.4, HeatColor.Of((i + 0.5) / Steps).Ground);
        }

        foreach (double accuracy in _accuracies.Ticks(3))
        {
            yield return SvgPen.Text(Right + 48, Bottom - (_accuracies.PlaceOf(accuracy) * (Bottom - Top)) + 4, Percent(accuracy));
        }
    }

    private static string Percent(double accuracy) => string.Create(CultureInfo.InvariantCulture, $"{100 * accuracy:0.0}%");

    private string Color(double accuracy) => HeatColor.Of(_accuracies.PlaceOf(accuracy)).Ground;

    private (double X, double Y) Point(IsoAccuracy line, int at) => (XOf(line.MaxLearningRates[at]), YOf(line.WeightDecays[at]));

    private double XOf(double rate) => Left + (_rates.PlaceOf(rate) * (Right - Left));

    private double YOf(double decay) => Bottom - (_decays.PlaceOf(decay) * (Bottom - Top));
}
