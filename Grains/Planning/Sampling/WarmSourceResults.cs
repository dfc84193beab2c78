using System.Collections.Immutable;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;
using Sweeper.Grains.Planning.Recipe;

namespace Sweeper.Grains.Planning.Sampling;

/// <summary>What a sweep could leave to another: a result for each of its configurations. Pure.</summary>
internal static class WarmSourceResults
{
    /// <summary>Results, without a standing yet: <see cref="PriorResult.Standing"/> is how good the longest run would be.</summary>
    /// <param name="source">The earlier sweep.</param>
    /// <param name="ranking">What the later one ranks by; trials that it was not measured of are left out.</param>
    public static ImmutableArray<PriorResult> Of(SweepResults source, Ranking ranking)
    {
        TrialRecord[] trials = [.. OfLargestSize(source).Where(trial => trial is { Role: TrialRole.Candidate, Score: not null } && IsLikeTheSpec(source.Spec, trial) && trial.Score.Value(ranking) is not null)];
        double[] lengths = [.. trials.Select(trial => Epochs(source.Spec, trial)).Distinct().Order()];
        var configurations = trials.GroupBy(trial => trial.Configuration).Select(group => (At: group.Key, Trials: group.ToArray())).ToImmutableArray();
        ImmutableArray<SortedDictionary<int, double>> scores = [.. configurations.Select(one => Scores(one.Trials))];
        double[] gains = RungHistory.Gains(scores, Math.Max(0, lengths.Length - 1));
        RateBounds? bounds = source.Spec.Search.MaxLearningRate is AxisSpec.FromRangeTest ? RateBounds.Of(source.Cells) : null;
        return
        [
            .. configurations.Zip(scores, (one, score) =>
            {
                (int rung, double merit) = score.Last();
                TrialRecord[] runs = [.. one.Trials.Where(trial => Epochs(source.Spec, trial).Equals(lengths[rung]))];
                TrialRecord longest = runs.MinBy(trial => trial.Replicate)!; // the score is of one
                double accuracy = runs.Average(trial => Wave.Accuracy(trial, ranking.Set));
                double? share = bounds is null ? null : one.At.MaxLearningRate / bounds.Of(one.At.Cell);
                return new PriorResult(source.Summary.Name, longest.Number, one.At with { TrainSize = null }, share, accuracy, merit + gains[rung]);
            }),
        ];

        SortedDictionary<int, double> Scores(TrialRecord[] of) => new(of
            .GroupBy(trial => Array.IndexOf(lengths, Epochs(source.Spec, trial)))
            .ToDictionary(group => group.Key, group => group.Average(trial => Wave.Merit(trial, ranking))));
    }

    /// <summary>Of a sweep that compares numbers of training images, the trials with the most.</summary>
    private static IEnumerable<TrialRecord> OfLargestSize(SweepResults source)
    {
        int? most = source.Trials.Where(trial => trial.Score is not null).Select(trial => trial.Configuration.TrainSize).Distinct().MaxBy(size => size ?? int.MaxValue);
        return source.Trials.Where(trial => trial.Configuration.TrainSize == most);
    }

    /// <summary>Whether it trained with the kind of schedule that its spec asks for: all do but baselines.</summary>
    private static bool IsLikeTheSpec(SweepSpec spec, TrialRecord trial) => trial.Plan is null || trial.Plan.Schedule.Type == spec.Training.Schedule.Type;

    private static double Epochs(SweepSpec spec, TrialRecord trial) => trial.Plan?.Epochs ?? spec.Training.Epochs;
}
