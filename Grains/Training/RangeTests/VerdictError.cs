using System.Collections.Immutable;
using System.Globalization;

namespace Sweeper.Training.RangeTests;

/// <summary>
/// How often <see cref="VerdictBounds.Default"/> misjudges curves drawn from the bands that the authors' logs give, read 50 times
/// along the ramp. The figures are those of <c>verdict-study</c> (docs/super-convergence.md); a test holds them to it.
/// </summary>
/// <param name="Images">Held-out images of each reading.</param>
/// <param name="Misjudged">Of a thousand curves, those called possible though they collapse or the other way round.</param>
/// <param name="Undecided">Of a thousand curves, those that it would have repeated over a longer ramp.</param>
internal sealed record VerdictError(int Images, int Misjudged, int Undecided)
{
    /// <summary>Curves that each figure is out of.</summary>
    public const int Curves = 1000;

    /// <summary>The figures, fewest images first.</summary>
    public static ImmutableArray<VerdictError> Measured { get; } =
    [
        new(100, 0, 6),
        new(250, 0, 0),
        new(500, 0, 0),
        new(1000, 0, 0),
    ];

    /// <summary>The error in words.</summary>
    public string Words => string.Create(
        CultureInfo.InvariantCulture,
        $"of {Curves:N0} curves drawn from the published bands, {Images:N0} images a reading, this rule misjudges {Misjudged} and leaves {Undecided} open");

    /// <summary>The figures for readings of so many images: those of the next smaller number that was studied.</summary>
    /// <param name="images">Images of a reading; null: as many as a range test reads at most.</param>
    public static VerdictError For(int? images) => Measured.LastOrDefault(error => error.Images <= (images ?? int.MaxValue)) ?? Measured[0];
}
