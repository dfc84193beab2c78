using System.Globalization;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning;

/// <summary>What the fitted bounds say about batch sizes, for a person.</summary>
internal static class BatchRules
{
    /// <summary>The rule of a sweep's range tests; null where fewer than two batch sizes have a bound.</summary>
    /// <param name="cells">Its cells in order; the last test of a cell counts.</param>
    public static BatchRule? Of(IEnumerable<CellRecord> cells)
    {
        if (RateBounds.Of(cells.GroupBy(cell => cell.Key).Select(tests => tests.Last())) is not { BatchVaries: true } bounds)
        {
            return null;
        }

        (double Lower, double Upper)? interval = bounds.BatchExponentInterval;
        string sure = interval is var (lower, upper)
            ? Text($"{lower:0.##} to {upper:0.##}, from {bounds.Count} range tests")
            : Text($"from {bounds.Count} range tests, too few for an interval");
        return new BatchRule(
            bounds.BatchExponent,
            interval?.Lower,
            interval?.Upper,
            bounds.Count,
            Text($"the largest learning rate grows with batch^{bounds.BatchExponent:0.##} ({sure}); {Compared(interval)}"));
    }

    private static string Compared((double Lower, double Upper)? interval)
    {
        const string Rules = "linear scaling would be 1, the square root 0.5";
        return interval is not var (lower, upper) ? Rules
            : Within(0) && !(Within(1) && Within(0.5)) ? $"{Rules}: whether it grows at all is not shown"
            : (Within(1), Within(0.5)) switch
        {
            (true, true) => $"{Rules}: neither can be ruled out",
            (true, false) => $"{Rules}: this agrees with linear scaling",
            (false, true) => $"{Rules}: this agrees with the square root",
            (false, false) => $"{Rules}: this agrees with neither",
        };

        bool Within(double exponent) => exponent >= lower && exponent <= upper;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
