namespace Sweeper.Grains.Analysis.Statistics;

/// <summary>
/// Shares an error rate out over repeated looks at growing data (Lan and DeMets 1983, the function that approximates
/// Pocock's bounds). The shares add up to the whole, so that testing each look at its own share errs at most that often
/// however the looks depend on each other.
/// </summary>
internal static class AlphaSpending
{
    /// <summary>Error rate that one look may spend.</summary>
    /// <param name="alpha">Error rate of all looks together; in (0, 1).</param>
    /// <param name="look">Which look, from 1.</param>
    /// <param name="looks">Planned looks; a later one may spend nothing.</param>
    public static double AtLook(double alpha, int look, int looks) =>
        look < 1 || look > looks ? 0 : Spent(alpha, (double)look / looks) - Spent(alpha, (look - 1.0) / looks);

    /// <summary>Error rate spent when a fraction of the looks has been taken.</summary>
    private static double Spent(double alpha, double fraction) => alpha * Math.Log(1 + ((Math.E - 1) * fraction));
}
