using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Contracts.Sweeps;

/// <summary>A configuration and what its replicates reached.</summary>
/// <param name="Rank">Place, from 1.</param>
/// <param name="Configuration">Point of the space.</param>
/// <param name="Replicates">Finished replicates that the means are over.</param>
/// <param name="ValidationAccuracy">Mean over replicates; null without a validation split.</param>
/// <param name="ValidationDeviation">Sample standard deviation over replicates; null with fewer than two.</param>
/// <param name="TestAccuracy">Mean over replicates.</param>
/// <param name="TestDeviation">Sample standard deviation over replicates; null with fewer than two.</param>
/// <param name="Seconds">Mean wall time of a trial in seconds.</param>
/// <param name="Trials">Numbers of the trials behind it.</param>
/// <param name="Epochs">Length of their runs where a strategy decides it, epochs; null: the spec's.</param>
/// <param name="MomentumHigh">Upper momentum where a strategy decides it; null: the spec's.</param>
/// <param name="LineEpochs">Epochs that its weights were trained for in all, earlier runs of the line included; null: it began with fresh ones.</param>
/// <param name="ValidationMetrics">Further metrics on the validation images, means over replicates; null where one of them has none.</param>
/// <param name="TestMetrics">Further metrics on the test images, means over replicates; null where one of them has none.</param>
[GenerateSerializer, Immutable, Alias("Sweeper.LeaderboardRow")]
public sealed record LeaderboardRow(
    int Rank,
    Configuration Configuration,
    int Replicates,
    double? ValidationAccuracy,
    double? ValidationDeviation,
    double TestAccuracy,
    double? TestDeviation,
    double Seconds,
    ImmutableArray<int> Trials,
    double? Epochs = null,
    double? MomentumHigh = null,
    double? LineEpochs = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrialMetrics? ValidationMetrics = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TrialMetrics? TestMetrics = null)
{
    /// <summary>Mean that a sweep ranks by; null where it was not measured. Without a validation split that is the one on the test images.</summary>
    /// <param name="ranking">The sweep's choice.</param>
    public double? Value(Ranking ranking) => (ranking.By.IsScore(), ranking.Set == SelectionSet.Test || ValidationAccuracy is null) switch
    {
        (true, true) => TestAccuracy,
        (true, false) => ValidationAccuracy,
        (_, true) => TestMetrics?.Of(ranking),
        _ => ValidationMetrics?.Of(ranking),
    };
}

/// <summary>Ranks configurations by the mean accuracy, or whatever the sweep goes by, of their finished replicates.</summary>
public static class Leaderboard
{
    /// <summary>
    /// The rows, best first; ties keep the order of the first trial. Longer runs stand before shorter ones: the accuracy of a
    /// short cycle is there to choose by, not to win with.
    /// </summary>
    /// <param name="trials">Trials of one sweep.</param>
    /// <param name="ranking">What ranks them; falls back to the test set where there is no validation split.</param>
    public static ImmutableArray<LeaderboardRow> Of(IEnumerable<TrialRecord> trials, Ranking ranking)
    {
        TrialRecord[] candidates = [.. trials.Where(IsRanked)];
        bool planned = candidates.All(trial => trial.Plan is not null); // otherwise all are as the spec says, those that users enqueued too
        var rows = candidates
            .GroupBy(trial => Entry.Of(trial, planned))
            .Select(group => Row([.. group.OrderBy(trial => trial.Number)], planned))
            .OrderBy(row => row, new RowOrder(ranking));
        return [.. rows.Select((row, index) => row with { Rank = index + 1 })];
    }

    /// <summary>Whether a trial has a place.</summary>
    internal static bool IsRanked(TrialRecord trial) => trial is { Score: not null, Role: TrialRole.Candidate };

    /// <summary>Accuracy of a row on the images that rank it.</summary>
    internal static double Accuracy(LeaderboardRow row, SelectionSet set) =>
        set == SelectionSet.Test ? row.TestAccuracy : row.ValidationAccuracy ?? row.TestAccuracy;

    /// <summary>The best row of every number of training images, fewest first; <c>all</c> last.</summary>
    /// <param name="rows">Rows by rank.</param>
    public static ImmutableArray<LeaderboardRow> BestOfSizes(ImmutableArray<LeaderboardRow> rows) =>
        [.. rows.GroupBy(row => row.Configuration.TrainSize).Select(group => group.First()).OrderBy(row => row.Configuration.TrainSize ?? int.MaxValue)];

    /// <summary>Row of the trials of one entry, in order of their numbers; without its rank.</summary>
    internal static LeaderboardRow Row(ImmutableArray<TrialRecord> trials, bool planned)
    {
        double[] test = [.. trials.Select(trial => trial.Score!.TestAccuracy)];
        double[] validation = [.. trials.Where(trial => trial.Score!.ValidationAccuracy is not null).Select(trial => trial.Score!.ValidationAccuracy!.Value)];
        return new LeaderboardRow(
            0,
            trials[0].Configuration,
            trials.Length,
            validation.Length == 0 ? null : validation.Average(),
            Deviation(validation),
            test.Average(),
            Deviation(test),
            trials.Average(trial => trial.Run?.Seconds ?? 0),
            [.. trials.Select(trial => trial.Number)],
            planned && trials[0].Plan is { Epochs: > 0 } plan ? plan.Epochs : null,
            planned ? trials[0].Plan?.Schedule.MomentumHigh : null,
            trials[0].Plan is { Lineage: { } lineage } run ? lineage.EpochsBefore + run.Epochs : null,
            TrialMetrics.Mean([.. trials.Select(trial => trial.Score!.ValidationMetrics)]),
            TrialMetrics.Mean([.. trials.Select(trial => trial.Score!.TestMetrics)]));
    }

    private static double? Deviation(double[] values)
    {
        if (values.Length < 2)
        {
            return null;
        }

        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }

    /// <summary>What trials of one row have in common.</summary>
    internal readonly record struct Entry(Configuration Configuration, double Epochs, double MomentumHigh, int Network)
    {
        /// <summary>Entry of a trial.</summary>
        /// <param name="trial">The trial.</param>
        /// <param name="planned">Whether every trial that has a place has a plan.</param>
        public static Entry Of(TrialRecord trial, bool planned) => planned && trial.Plan is { } plan
            ? new Entry(trial.Configuration, plan.Epochs, plan.Schedule.MomentumHigh, plan.Lineage is null ? 0 : trial.Number)
            : new Entry(trial.Configuration, 0, 0, 0);
    }

    /// <summary>Order of the rows, best first.</summary>
    internal sealed class RowOrder(Ranking ranking) : IComparer<LeaderboardRow>
    {
        /// <inheritdoc />
        public int Compare(LeaderboardRow? x, LeaderboardRow? y)
        {
            if (x is null || y is null)
            {
                return (x is null ? 0 : 1) - (y is null ? 0 : 1);
            }

            int longer = Nullable.Compare(y.LineEpochs ?? y.Epochs, x.LineEpochs ?? x.Epochs);
            int better = longer != 0 ? longer : Merit(y).CompareTo(Merit(x));
            return better != 0 ? better : x.Trials[0].CompareTo(y.Trials[0]);
        }

        /// <summary>The more the better; what was not measured stands last.</summary>
        private double Merit(LeaderboardRow row) => row.Value(ranking) is not { } value ? double.NegativeInfinity : ranking.By.IsMinimised() ? -value : value;
    }
}
