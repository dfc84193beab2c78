using System.Collections.Immutable;
using Sweeper.Contracts.Analysis;
using Sweeper.Grains.Analysis.Statistics;
using Sweeper.Grains.Planning;

namespace Sweeper.Grains.Analysis.Claims;

/// <summary>
/// Holds 1cycle against a baseline: how many steps each needs for the baseline's best mean accuracy. Only configurations of
/// the baseline's batch size are compared, since steps of other sizes are other amounts of work.
/// </summary>
internal static class ClaimAnalysis
{
    private const int Resamples = 2000;
    private const double Level = 0.95;

    /// <summary>The claim against one kind of baseline.</summary>
    /// <param name="finished">Finished trials of every schedule.</param>
    /// <param name="diverged">Configurations that diverged with some seed.</param>
    /// <param name="baseline">Kind of baseline.</param>
    /// <param name="seed">Seed of the resampling.</param>
    /// <param name="score">What was measured, in a word.</param>
    public static Claim Of(IReadOnlyList<Outcome> finished, ImmutableHashSet<TrialSetting> diverged, ScheduleKind baseline, ulong seed, string score = "accuracy")
    {
        ImmutableArray<SeedReadings> baselines = Candidates.Of(finished, diverged, baseline);
        if (baselines.IsEmpty)
        {
            return NotMeasured(baseline, "No such baseline finished.");
        }

        SeedReadings best = baselines.MaxBy(readings => readings.Means.Max())!; // not empty
        int column = Array.IndexOf(best.Means, best.Means.Max());
        ImmutableArray<SeedReadings> cycles =
        [
            .. Candidates.Of(finished.Where(outcome => outcome.Trial.BatchSize == best.Setting.BatchSize), diverged, ScheduleKind.OneCycle)
                .GroupBy(readings => readings.Steps[0])
                .OrderBy(group => group.Key)
                .Select(group => group.MaxBy(readings => readings.Means[0])!), // a group is not empty
        ];
        if (cycles.IsEmpty)
        {
            return NotMeasured(baseline, FormattableString.Invariant($"No 1cycle run of the baseline's batch size {best.Setting.BatchSize} finished.")) with
            {
                BaselineBest = EqualSteps.Mean(best, column),
                BaselineSteps = best.Steps[column],
            };
        }

        var frontier = new Frontier(cycles);
        var equal = EqualSteps.Of(frontier, [.. baselines.Where(readings => readings.Setting.BatchSize == best.Setting.BatchSize)]);
        double? steps = frontier.StepsTo(best.Means[column]);
        var claim = new Claim(
            baseline,
            equal?.Steps,
            equal?.OneCycle,
            equal?.Baseline,
            EqualSteps.Mean(best, column),
            best.Steps[column],
            steps,
            steps is { } reached ? Measure(frontier, best, best.Steps[column] / reached, seed) : null,
            ClaimVerdict.NotMeasured,
            "");
        claim = claim with { Verdict = Judge(claim.SpeedUp) };
        return claim with { Sentence = ClaimText.Of(claim, atLeast: steps == frontier.Points[0].Steps[0], score) };
    }

    /// <summary>The word is refused unless the whole interval lies above 1.</summary>
    internal static ClaimVerdict Judge(SpeedUp? speedUp) => speedUp switch
    {
        null or { Ratio: <= 1 } => ClaimVerdict.NotHere,
        { Lower: > 1 } => ClaimVerdict.SuperConvergence,
        _ => ClaimVerdict.FasterNotSignificant,
    };

    private static Claim NotMeasured(ScheduleKind baseline, string why) =>
        new(baseline, null, null, null, null, null, null, null, ClaimVerdict.NotMeasured, why + " Nothing can be claimed.");

    private static SpeedUp Measure(Frontier frontier, SeedReadings baseline, double ratio, ulong seed)
    {
        if (frontier.FewestSeeds < Candidates.FewestSeeds || baseline.Seeds < Candidates.FewestSeeds)
        {
            return new SpeedUp(ratio, null, null);
        }

        var random = new SplitMix(seed);
        double[] ratios = new double[Resamples];
        for (int resample = 0; resample < Resamples; resample++)
        {
            double[] means = baseline.Draw(ref random);
            int column = Array.IndexOf(means, means.Max());

            // A frontier that misses the accuracy is no faster at all.
            ratios[resample] = frontier.StepsTo(means[column], ref random) is { } steps ? baseline.Steps[column] / steps : 0;
        }

        Interval interval = Bootstrap.Percentile(ratios, Level).Around(ratio);
        return new SpeedUp(ratio, interval.Lower, interval.Upper);
    }
}
