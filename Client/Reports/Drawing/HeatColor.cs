using System.Collections.Immutable;
using System.Globalization;

namespace Sweeper.Client.Reports.Drawing;

/// <summary>
/// Colours of a heat map: cividis, which rises evenly in lightness, so that it reads the same with every colour blindness
/// and in black and white (Nunez, Anderton, Renslow 2018, doi:10.1371/journal.pone.0199239).
/// </summary>
internal static class HeatColor
{
    // Ten even stops of the published table; between them a straight line in RGB is near enough.
    private static readonly ImmutableArray<(int Red, int Green, int Blue)> Stops =
    [
        (0, 34, 78), (18, 53, 112), (59, 73, 108), (87, 93, 109), (112, 113, 115), (138, 134, 120), (165, 156, 116), (195, 179, 105), (225, 204, 85), (254, 232, 56),
    ];

    /// <summary>Ground and text of a cell, as CSS colours.</summary>
    /// <param name="heat">Place between the least value (0) and the greatest (1).</param>
    public static (string Ground, string Text) Of(double heat)
    {
        double place = Math.Clamp(double.IsFinite(heat) ? heat : 0, 0, 1) * (Stops.Length - 1);
        int below = Math.Min((int)place, Stops.Length - 2);
        double part = place - below;
        (int red, int green, int blue) = (
            Mix(Stops[below].Red, Stops[below + 1].Red, part),
            Mix(Stops[below].Green, Stops[below + 1].Green, part),
            Mix(Stops[below].Blue, Stops[below + 1].Blue, part));

        // White reaches a contrast of 4.5 up to here, black from here on.
        bool dark = (0.2126 * red) + (0.7152 * green) + (0.0722 * blue) < 116;
        return (string.Create(CultureInfo.InvariantCulture, $"#{red:x2}{green:x2}{blue:x2}"), dark ? "#fff" : "#000");
    }

    private static int Mix(int from, int to, double part) => (int)Math.Round(double.Lerp(from, to, part));
}
