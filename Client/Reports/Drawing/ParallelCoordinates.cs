using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;
using Sweeper.Client.Plotting;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;

namespace Sweeper.Client.Reports.Drawing;

/// <summary>Every configuration as a line over its hyperparameters to the accuracy that it reached.</summary>
/// <param name="axes">Hyperparameters from left to right; at least one.</param>
/// <param name="accuracy">Header of the last axis.</param>
internal sealed class ParallelCoordinates(ImmutableArray<Axis> axes, string accuracy)
{
    /// <summary>Configurations that are told apart by colour, dashes and marks.</summary>
    public const int Named = 5;

    private const double Width = 900;
    private const double Height = 400;
    private const double Top = 56;
    private const double Bottom = Height - 52;
    private const double Side = 84;
    private const double NoResult = Height - 22;
    private const int MostNamedValues = 8;

    private static readonly ImmutableArray<string> Dashes = ["", "10 4", "3 3", "12 4 3 4", "6 6"];

    /// <summary>Draws them.</summary>
    /// <param name="ranked">Configurations with their accuracy, best first.</param>
    /// <param name="without">Configurations without a result.</param>
    public XElement Draw(IReadOnlyList<(Configuration At, double Accuracy)> ranked, IReadOnlyCollection<Configuration> without)
    {
        ImmutableArray<AxisScale> scales =
            [.. axes.Select(axis => AxisScale.Of([.. ranked.Select(row => axis.Of(row.At)), .. without.Select(axis.Of)]))];
        AxisScale? reached = ranked.Count == 0 ? null : new AxisScale(ranked.Min(row => row.Accuracy), ranked.Max(row => row.Accuracy), Log: false);
        List<XElement> marks = [SvgPen.Box(0, 0, Width, Height, "#fff")];
        marks.AddRange(without.Select(at => SvgPen.Path(Points(at, scales, NoResult), "#D55E00", 1, "2 4", 0.7)));
        for (int i = ranked.Count - 1; i >= 0; i--)
        {
            (Configuration at, double value) = ranked[i];
            marks.AddRange(Line([.. Points(at, scales, YOf(reached!, value))], i)); // there is a scale where there are rows
        }

        for (int i = 0; i < axes.Length; i++)
        {
            Axis axis = axes[i];
            ImmutableArray<double> values = [.. ranked.Select(row => axis.Of(row.At)).Concat(without.Select(axis.Of)).Distinct().Order()];
            marks.AddRange(Vertical(XOf(i), axis.Header, scales[i], values.Length <= MostNamedValues ? values : scales[i].Ticks(5), value => HumanText.Rate(value)));
        }

        marks.AddRange(Vertical(XOf(axes.Length), accuracy, reached ?? new AxisScale(0, 1, false), reached?.Ticks(5) ?? [], value => string.Create(CultureInfo.InvariantCulture, $"{100 * value:0.0}%")));
        if (without.Count > 0)
        {
            marks.Add(SvgPen.Text(XOf(axes.Length) + 8, NoResult + 4, "no result"));
        }

        return SvgPen.Drawing(Width, Height, marks);
    }

    private static IEnumerable<XElement> Line(ImmutableArray<(double X, double Y)> points, int rank)
    {
        if (rank >= Named)
        {
            yield return SvgPen.Path(points, SvgPen.Faint, 1.2, opacity: 0.6);
            yield break;
        }

        string color = PlotTheme.Colors[rank].ToHex();
        yield return SvgPen.Path(points, color, rank == 0 ? 3.5 : 2, Dashes[rank]);
        yield return SvgPen.Disc(points[^1].X, points[^1].Y, rank == 0 ? 6 : 4, color);
    }

    private static IEnumerable<XElement> Vertical(double x, string header, AxisScale scale, ImmutableArray<double> ticks, Func<double, string> text)
    {
        yield return SvgPen.Line(x, Top, x, Bottom, SvgPen.Ink, 1.5);
        yield return SvgPen.Text(x, Top - 22, header, "middle", 13, bold: true);
        double last = double.PositiveInfinity;
        foreach (double tick in ticks)
        {
            double y = YOf(scale, tick);
            yield return SvgPen.Line(x - 4, y, x + 4, y, SvgPen.Ink);
            if (last - y >= 14)
            {
                last = y;
                yield return Halo(SvgPen.Text(x + 8, y + 4, text(tick)));
            }
        }
    }

    // Lines pass behind the numbers.
    private static XElement Halo(XElement text)
    {
        text.SetAttributeValue("stroke", "#fff");
        text.SetAttributeValue("stroke-width", "4");
        text.SetAttributeValue("paint-order", "stroke");
        return text;
    }

    private static double YOf(AxisScale scale, double value) => Bottom - (scale.PlaceOf(value) * (Bottom - Top));

    private double XOf(int axis) => Side + (axis * (Width - (2 * Side)) / axes.Length);

    private IEnumerable<(double X, double Y)> Points(Configuration at, ImmutableArray<AxisScale> scales, double end) =>
        [.. axes.Select((axis, i) => (XOf(i), YOf(scales[i], axis.Of(at)))), (XOf(axes.Length), end)];
}
