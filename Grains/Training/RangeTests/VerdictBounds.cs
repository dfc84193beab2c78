namespace Sweeper.Training.RangeTests;

/// <summary>
/// What counts as flat and as collapsed. The published curves leave a wide gap: the one that collapses has R = 0.32, the least
/// flat of those that super-converge 0.91. Of a thousand curves drawn from them these bounds misjudge none; a higher one for
/// flat leaves more of them open, a lower one gives up distance from what collapses (docs/super-convergence.md has the study).
/// </summary>
/// <param name="Flat">Least R of a curve that says possible; in (0, 1].</param>
/// <param name="Collapsed">Below this R a curve says not possible; in (0, <paramref name="Flat"/>].</param>
internal sealed record VerdictBounds(double Flat, double Collapsed)
{
    /// <summary>Those in use.</summary>
    public static VerdictBounds Default { get; } = new(0.8, 0.6);
}
