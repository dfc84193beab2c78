namespace Sweeper.Client.Rendering;

/// <summary>A progress bar in one line of markup. Heavy against light strokes: it can be read without colours.</summary>
internal static class Bar
{
    /// <summary>Draws it.</summary>
    /// <param name="fraction">Part done; clamped to [0, 1].</param>
    /// <param name="width">Characters.</param>
    /// <param name="color">Colour of the part done.</param>
    public static string Of(double fraction, int width, string color)
    {
        int done = (int)Math.Round(Math.Clamp(double.IsNaN(fraction) ? 0 : fraction, 0, 1) * width);
        return $"[{color}]{new string('━', done)}[/][grey]{new string('─', width - done)}[/]";
    }
}
