using System.Collections.Immutable;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Recipe;
using Sweeper.Grains.Planning.Samplers;

namespace Sweeper.Grains.Planning.Sampling;

/// <summary>
/// What a sampler learns from cycles of several lengths: the accuracy of each configuration's longest cycle, plus what
/// configurations that ran both lengths gained on average from there to the longest. Ours; without the gain, whatever was
/// promoted would look better by its length alone.
/// </summary>
internal static class RungHistory
{
    /// <summary>Every configuration in the order of choice.</summary>
    public static ImmutableArray<Observation> Of(SweepState state, SampledHistory sampled)
    {
        Ranking ranking = state.Spec.Search.Ranking;
        int top = state.Ladder?.Table.Settings.TopRung ?? 0;
        ImmutableArray<SortedDictionary<int, double>> all = [.. sampled.Rows.Select(row => Scores(row.Trials, ranking))];
        double[] gains = Gains(all, top);
        return
        [
            .. sampled.Rows.Zip(all, (row, scores) =>
            {
                Point point = row.Seen.Point;
                if (scores.Count > 0)
                {
                    (int rung, double accuracy) = scores.Last();
                    return new Observation(point, -(accuracy + gains[rung]), false);
                }

                bool ended = row.Trials.All(trial => trial.Status is JobStatus.Done or JobStatus.Skipped);
                return new Observation(point, null, ended);
            }),
        ];
    }

    /// <summary>Mean gain from each rung to the top one, added up from rung to rung over the configurations that ran both.</summary>
    /// <param name="scores">Accuracy by rung of each configuration.</param>
    /// <param name="top">The top rung.</param>
    public static double[] Gains(ImmutableArray<SortedDictionary<int, double>> scores, int top)
    {
        double[] gains = new double[top + 1];
        for (int rung = top - 1; rung >= 0; rung--)
        {
            double[] steps = [.. scores.Where(one => one.ContainsKey(rung) && one.ContainsKey(rung + 1)).Select(one => one[rung + 1] - one[rung])];
            gains[rung] = gains[rung + 1] + (steps.Length > 0 ? steps.Average() : 0);
        }

        return gains;
    }

    private static SortedDictionary<int, double> Scores(ImmutableArray<TrialRecord> trials, Ranking ranking)
    {
        var scores = new SortedDictionary<int, double>();
        foreach (TrialRecord trial in trials.Where(trial => trial.Score is not null))
        {
            scores[trial.Plan?.Rung ?? 0] = Wave.Merit(trial, ranking);
        }

        return scores;
    }
}
