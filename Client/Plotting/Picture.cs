using System.Text;
using ScottPlot;
using SkiaSharp;

namespace Sweeper.Client.Plotting;

/// <summary>Plots in a grid that become one file.</summary>
/// <param name="Name">File name without its ending.</param>
/// <param name="Plots">At least one; filled row by row.</param>
/// <param name="Columns">Plots in a row; at least 1.</param>
internal sealed record Picture(string Name, IReadOnlyList<Plot> Plots, int Columns = 1) : IDisposable
{
    private const int PlotWidth = 900;
    private const int PlotWidthInRow = 620;
    private const int PlotHeight = 400;

    private const int Margin = 8;

    // Twice the pixels: sharp on paper and on dense screens.
    private const int PngScale = 2;

    private int Rows => (Plots.Count + Columns - 1) / Columns;

    private int Width => Columns == 1 ? PlotWidth : Columns * PlotWidthInRow;

    private int Height => Rows * PlotHeight;

    /// <summary>The picture as PNG.</summary>
    public byte[] ToPng()
    {
        using var surface = SKSurface.Create(new SKImageInfo(Width * PngScale, Height * PngScale));
        surface.Canvas.Scale(PngScale);
        Draw(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>The picture as SVG. Text stays text; a viewer without the font takes its nearest.</summary>
    public byte[] ToSvg()
    {
        using var stream = new MemoryStream();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, Width, Height), stream))
        {
            Draw(canvas);
        }

        // Each plot clears the canvas to transparent, which Skia writes as a black rectangle; it showed between the plots.
        string cleared = FormattableString.Invariant($"<rect width=\"{Width}\" height=\"{Height}\"");
        string svg = Encoding.UTF8.GetString(stream.ToArray()).Replace(cleared, cleared.Replace("<rect", "<rect fill=\"none\"", StringComparison.Ordinal), StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(svg.Replace(
            $"font-family=\"{EmbeddedFont.Family}\"",
            $"font-family=\"{EmbeddedFont.Family}, Verdana, sans-serif\"",
            StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Plot plot in Plots)
        {
            plot.Dispose();
        }
    }

    private void Draw(SKCanvas canvas)
    {
        canvas.Clear(SKColors.White);
        int width = Width / Columns;
        for (int i = 0; i < Plots.Count; i++)
        {
            float left = i % Columns * width;
            float top = i / Columns * PlotHeight;

            // A plot clears what it is given: without the clip, all others too.
            canvas.Save();
            canvas.ClipRect(SKRect.Create(left, top, width, PlotHeight));
            Plots[i].Render(canvas, new PixelRect(left + Margin, left + width - Margin, top + PlotHeight - Margin, top + Margin));
            canvas.Restore();
        }
    }
}
