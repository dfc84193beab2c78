using MathNet.Numerics.Distributions;
using Sweeper.Contracts.Analysis;
using Sweeper.Contracts.Specs;
using Sweeper.Grains.Analysis.Statistics;

namespace Sweeper.Grains.Analysis.Selection;

/// <summary>How the winner was chosen, and what its accuracy is worth.</summary>
internal static class SelectionAnalysis
{
    /// <summary>The note; null without a finished trial.</summary>
    /// <param name="trials">1cycle trials.</param>
    /// <param name="selectBy">Accuracy that the user selects by; test also where no trial has a validation accuracy.</param>
    /// <param name="score">What was measured, in a word.</param>
    public static SelectionNote? Of(IEnumerable<AnalysedTrial> trials, SelectionSet selectBy, string score = "accuracy")
    {
        AnalysedTrial[] finished = [.. trials.Where(trial => !trial.Diverged)];
        SelectionSet by = finished.Any(trial => IsFraction(trial.ValidationAccuracy)) ? selectBy : SelectionSet.Test;
        var groups = finished
            .Where(trial => IsFraction(Accuracy(trial, by)))
            .GroupBy(trial => trial.Setting)
            .Select(group => (Trials: group.OrderBy(trial => trial.Number).ToArray(), Accuracies: group.Select(trial => Accuracy(trial, by)!.Value).ToArray()))
            .OrderByDescending(group => group.Accuracies.Average())
            .ThenBy(group => group.Trials[0].Number)
            .ToArray();
        if (groups.Length == 0)
        {
            return null;
        }

        double[] test = [.. groups[0].Trials.Where(trial => IsFraction(trial.TestAccuracy)).Select(trial => trial.TestAccuracy!.Value)];
        double? optimism = Optimism([.. groups.Select(group => group.Accuracies)], groups[0].Accuracies.Length);
        return new SelectionNote(
            by,
            groups.Length,
            groups[0].Trials[0].Number,
            test.Length == 0 ? null : new MeanAccuracy(test.Average(), Sample.StandardError(test), test.Length),
            optimism,
            by == SelectionSet.Test,
            Sentence(by, groups.Length, optimism, score));
    }

    /// <summary>
    /// What the best of equally good configurations gains by luck, in points: the seeds' pooled deviation over the root of
    /// the winner's replicates, times the expected greatest of that many normal values (Blom 1958).
    /// </summary>
    private static double? Optimism(double[][] groups, int replicates)
    {
        int degrees = groups.Sum(group => group.Length - 1);
        if (degrees == 0)
        {
            return null;
        }

        double deviation = Math.Sqrt(groups.Sum(group => Sample.Variance(group) * (group.Length - 1)) / degrees);
        double greatest = Math.Max(0, Normal.InvCDF(0, 1, (groups.Length - 0.375) / (groups.Length + 0.25)));
        return 100 * deviation / Math.Sqrt(replicates) * greatest;
    }

    private static string Sentence(SelectionSet by, int configurations, double? optimism, string score)
    {
        string luck = optimism is { } points
            ? FormattableString.Invariant($" by up to {points:0.00} points")
            : " by an amount that needs replicates to tell";
        return by == SelectionSet.Test
            ? $"Warning: the winner of {Configurations(configurations)} was selected on test {score}, which therefore flatters it{luck}. Select on validation for an honest figure."
            : $"The winner of {Configurations(configurations)} was selected on validation {score}, which flatters it{luck}; its test {score} was not selected by.";
    }

    private static string Configurations(int count) => count == 1 ? "1 configuration" : FormattableString.Invariant($"{count} configurations");

    private static double? Accuracy(AnalysedTrial trial, SelectionSet by) => by == SelectionSet.Test ? trial.TestAccuracy : trial.ValidationAccuracy;

    private static bool IsFraction(double? accuracy) => accuracy is >= 0 and <= 1;
}
