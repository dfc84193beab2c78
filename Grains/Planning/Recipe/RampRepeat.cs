using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Grains.Planning.Recipe;

/// <summary>
/// The next test of a cell that was not tested to a conclusion. First the same ramp four times longer (arXiv:1803.09820,
/// section 4.1: a ramp may rise too fast). Where that one diverges early as well, the ramp's end is too high: most of its
/// readings lie where there is nothing to read. The last one leads to twice the rate at which the slower of the two diverged (a
/// divergence is seen some steps late, at a rate that a fast ramp has left behind by then), and rises no faster.
/// </summary>
/// <param name="Key">The cell.</param>
/// <param name="LengthFactor">Length of the test over the spec's.</param>
/// <param name="Repeat">What it repeats, where it leads, why.</param>
internal sealed record RampRepeat(CellKey Key, double LengthFactor, RangeTestRepeat Repeat)
{
    /// <summary>A test that blew up below this share of its last rate leaves too few readings to conclude from; ours.</summary>
    private const double EarlyDivergence = 0.5;

    /// <summary>End of a lowered ramp over the rate at which the one before it diverged; ours: half of its readings stay useful.</summary>
    private const double Headroom = 2;

    /// <summary>The test to run next; null where the last one concludes, or where every kind has been tried.</summary>
    /// <param name="tests">Tests of one cell, in order, all ended.</param>
    /// <param name="spec">What was asked.</param>
    /// <param name="rules">Version of the rules; see <see cref="PlannerRules"/>.</param>
    public static RampRepeat? Next(IReadOnlyList<CellRecord> tests, SweepSpec spec, int rules)
    {
        CellRecord last = tests[^1];
        return (tests.Count, IsOpen(last, spec)) switch
        {
            (1, true) => Longer(last, spec),
            (2, true) when rules >= PlannerRules.LowerRamps && last.Findings?.DivergedAt is > 0 and var rate && rate < EarlyDivergence * spec.RangeTest.To =>
                Lower(tests[0], last, AxisValues.Round(Headroom * rate), spec.RangeTest.To),
            _ => null,
        };
    }

    private static bool IsOpen(CellRecord test, SweepSpec spec) =>
        test.Findings is { Verdict: not RangeTestVerdict.Possible } found
        && (found.MaxLearningRate is null || found.DivergedAt < EarlyDivergence * (test.Repeat?.To ?? spec.RangeTest.To));

    private static RampRepeat Longer(CellRecord test, SweepSpec spec) => new(
        test.Key,
        test.LengthFactor * RecipeSettings.RepeatFactor,
        new RangeTestRepeat(test.Number, spec.RangeTest.To, Text($"{Ended(test)}: the same ramp, {RecipeSettings.RepeatFactor:0} times longer")));

    private static RampRepeat Lower(CellRecord first, CellRecord second, double to, double before) => new(
        second.Key,
        Math.Max(first.LengthFactor, second.LengthFactor * to / before),
        new RangeTestRepeat(
            second.Number,
            to,
            Text($"{Ended(first)} and, {RecipeSettings.RepeatFactor:0} times longer, {Ended(second)}: {before:0.####} is too high an end, so the ramp leads to {to:0.####}")));

    private static string Ended(CellRecord test) => test.Findings!.DivergedAt is { } rate // only tests with findings are repeated
        ? Text($"it diverged at {rate:0.####}")
        : "it found no usable rate";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
