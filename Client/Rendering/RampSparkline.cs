namespace Sweeper.Client.Rendering;

/// <summary>A range test in one line: the curve along the ramp, a stroke where the bound was found, pale what lies beyond.</summary>
internal static class RampSparkline
{
    private const char Bound = '│';

    /// <summary>Draws it, in markup.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="maximum">Largest learning rate that the test allows; null: it found none.</param>
    /// <param name="width">Characters, the stroke included; at least 2.</param>
    public static string Of(RampCurve curve, double? maximum, int width)
    {
        string line = curve.IsLoss ? OfLoss(curve.Values, width - 1) : Sparkline.Of(curve.Values, width - 1);
        if (maximum is not { } bound || line.Length == 0)
        {
            return line;
        }

        double within = (double)curve.Rates.Count(rate => rate <= bound) / curve.Rates.Length;
        int at = (int)Math.Round(within * line.Length);
        return $"{line[..at]}[yellow]{Bound}[/][grey]{line[at..]}[/]";
    }

    // A loss that blows up would press everything before it flat: it is drawn from its least to where it began.
    private static string OfLoss(IReadOnlyList<double> losses, int width)
    {
        double[] finite = [.. losses.Where(double.IsFinite)];
        if (finite.Length == 0)
        {
            return "";
        }

        double least = finite.Min();
        return Sparkline.Of([.. losses.Select(loss => Math.Min(loss, finite[0]) - least)], width);
    }
}
