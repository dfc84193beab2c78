using System.Collections.Immutable;
using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using Sweeper.Client.Rendering;

namespace Sweeper.Client.Plotting;

/// <summary>
/// One look for all pictures: the palette of Okabe and Ito, which keeps apart under every common colour blindness, with
/// markers and dashes that keep apart in black and white.
/// </summary>
internal static class PlotTheme
{
    /// <summary>Colours in the order of use.</summary>
    public static ImmutableArray<Color> Colors { get; } =
    [
        Color.FromHex("#0072B2"), Color.FromHex("#D55E00"), Color.FromHex("#009E73"),
        Color.FromHex("#CC79A7"), Color.FromHex("#E69F00"), Color.FromHex("#56B4E9"),
    ];

    /// <summary>Markers in the order of use.</summary>
    public static ImmutableArray<MarkerShape> Markers { get; } =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledSquare, MarkerShape.FilledTriangleUp,
        MarkerShape.FilledDiamond, MarkerShape.OpenCircle, MarkerShape.OpenSquare,
    ];

    /// <summary>Dashes in the order of use.</summary>
    public static ImmutableArray<LinePattern> Dashes { get; } =
    [
        LinePattern.Solid, LinePattern.Dashed, LinePattern.DenselyDashed, LinePattern.Dotted,
        new([14, 4, 2, 4], 0, "DashDot"), new([18, 4, 2, 3, 2, 4], 0, "DashDotDot"),
    ];

    /// <summary>Something faint behind the data.</summary>
    public static Color Faint { get; } = Color.FromHex("#9AA0A6");

    /// <summary>An empty plot in this look.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="x">Label of the horizontal axis, with its unit.</param>
    /// <param name="y">Label of the vertical axis, with its unit.</param>
    public static Plot Create(string title, string x, string y)
    {
        EmbeddedFont.Install();
        var plot = new Plot();
        plot.Title(title, 14);
        plot.XLabel(x, 12);
        plot.YLabel(y, 12);
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.Label.Bold = false;
        plot.Axes.Left.MinimumSize = 72; // The axes of stacked plots stand below each other.
        plot.Axes.Right.MinimumSize = 16;
        plot.Grid.MajorLineColor = Color.FromHex("#E3E5E8");
        plot.FigureBackground.Color = ScottPlot.Colors.White;
        plot.Font.Set(EmbeddedFont.Family);
        return plot;
    }

    /// <summary>Puts the legend beside the data, where it can cover none.</summary>
    public static void LegendBeside(Plot plot)
    {
        plot.Legend.FontSize = 11;
        plot.Legend.FontName = EmbeddedFont.Family;
        plot.Legend.SymbolWidth = 34; // Long enough for two dashes.
        plot.Legend.OutlineWidth = 0;
        plot.Legend.ShadowColor = ScottPlot.Colors.Transparent;
        plot.ShowLegend(Edge.Right);
    }

    /// <summary>Makes the horizontal axis logarithmic; the data must hold decimal logarithms.</summary>
    public static void LogX(Plot plot) => plot.Axes.Bottom.TickGenerator = new NumericAutomatic
    {
        IntegerTicksOnly = true,
        LabelFormatter = exponent => HumanText.Rate(Math.Pow(10, exponent)),
        MinorTickGenerator = new LogMinorTickGenerator(),
    };

    /// <summary>Writes the vertical axis as percentages; the data must hold fractions.</summary>
    public static void PercentY(Plot plot) => plot.Axes.Left.TickGenerator = new NumericAutomatic
    {
        LabelFormatter = fraction => string.Create(CultureInfo.InvariantCulture, $"{100 * fraction:0.##}"),
    };
}
