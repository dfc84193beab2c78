using Sweeper.Grains.Analysis.Statistics;
using Sweeper.Grains.Planning.Stopping;
using Sweeper.Grains.Planning.Stopping.Replaying;

namespace Sweeper.Tests.Unit.Planning.Stopping.Replaying;

/// <summary>How well an early reading ranks configurations as the end of the longest cycle does.</summary>
/// <param name="What">Which reading.</param>
/// <param name="Cost">What it costs, as a share of a full training.</param>
/// <param name="All">Spearman's rho over all configurations, diverged ones last; null: none.</param>
/// <param name="BetterHalf">The same over the better half by their end.</param>
internal sealed record PhaseCorrelation(string What, double Cost, double? All, double? BetterHalf)
{
    /// <summary>Readings along the longest cycle at the points that tell a story, and the ends of the shorter ones.</summary>
    public static IEnumerable<PhaseCorrelation> Of(IReadOnlyList<RecordedTrial> recording)
    {
        double longest = recording[0].Cycles[^1].Epochs;
        foreach (double epoch in new[] { 1.0 / 9, 1.0 / 3, 0.5, 2.0 / 3, 5.0 / 6, 17.0 / 18 }.Select(fraction => Math.Round(fraction * longest)).Distinct())
        {
            yield return Of(recording, FormattableString.Invariant($"epoch {epoch} of {longest}"), epoch / longest, trial => At(trial.Cycles[^1], epoch / longest));
        }

        for (int rung = 0; rung < recording[0].Cycles.Length - 1; rung++)
        {
            int at = rung;
            double epochs = recording[0].Cycles[at].Epochs;
            yield return Of(recording, FormattableString.Invariant($"end of a cycle of {epochs}"), epochs / longest, trial => trial.Cycles[at].Final ?? -1);
        }
    }

    private static PhaseCorrelation Of(IReadOnlyList<RecordedTrial> recording, string what, double cost, Func<RecordedTrial, double> read)
    {
        RecordedTrial[] byEnd = [.. recording.OrderByDescending(trial => trial.Final ?? -1)];
        double? Rho(RecordedTrial[] trials) =>
            RankCorrelation.Of([.. trials.Select(read)], [.. trials.Select(trial => trial.Final ?? -1)]);
        return new PhaseCorrelation(what, cost, Rho(byEnd), Rho(byEnd[..(byEnd.Length / 2)]));
    }

    // What had diverged by then is last.
    private static double At(RecordedCycle cycle, double fraction) =>
        cycle.DivergedAt < fraction ? -1 : new CycleCurve(1, cycle.Readings).At(fraction) ?? -1;
}
