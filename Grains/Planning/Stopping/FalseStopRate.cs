using System.Globalization;
using MathNet.Numerics.Distributions;

namespace Sweeper.Grains.Planning.Stopping;

/// <summary>How often a stop would have been wrong: of the trials that were to be stopped and ran on as an audit, those that beat the incumbent after all.</summary>
/// <param name="Wrong">Audited trials that beat the incumbent of the moment of the decision.</param>
/// <param name="Audited">Audited trials that ended.</param>
internal readonly record struct FalseStopRate(int Wrong, int Audited)
{
    /// <summary>Share of wrong stops, in [0, 1]; null before the first audit.</summary>
    public double? Rate => Audited > 0 ? (double)Wrong / Audited : null;

    /// <summary>With one more audited trial.</summary>
    /// <param name="incumbent">Best end so far at the first reading at which it was to be stopped; null: there was none.</param>
    /// <param name="final">What it ended with; null: it diverged.</param>
    public FalseStopRate Add(double? incumbent, double? final) => new(final > incumbent ? Wrong + 1 : Wrong, Audited + 1);

    /// <summary>Exact two-sided interval of the true share (Clopper and Pearson, Biometrika 1934).</summary>
    /// <param name="level">Level, in (0, 1).</param>
    public (double Low, double High) Interval(double level = 0.95)
    {
        double tail = (1 - level) / 2;
        return (
            Wrong == 0 ? 0 : Beta.InvCDF(Wrong, Audited - Wrong + 1, tail),
            Wrong == Audited ? 1 : Beta.InvCDF(Wrong + 1, Audited - Wrong, 1 - tail));
    }

    /// <summary>One line for a person.</summary>
    public override string ToString()
    {
        (double low, double high) = Interval();
        return Rate is { } rate
            ? string.Create(CultureInfo.InvariantCulture, $"{Wrong} of {Audited} audited stops wrong: {rate:0.0%} ({low:0.0%} to {high:0.0%})")
            : "no stop audited yet";
    }
}
