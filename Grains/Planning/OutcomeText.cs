using System.Diagnostics;
using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;

namespace Sweeper.Grains.Planning;

/// <summary>Outcomes in words.</summary>
internal static class OutcomeText
{
    /// <summary>One sentence part: what happened, with the numbers that matter.</summary>
    public static string Of(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Trained trained => Score(trained.Score),
        JobOutcome.RangeTested { Findings: { MaxLearningRate: { } maximum } findings } => string.Create(
            CultureInfo.InvariantCulture, $"max LR {maximum:0.####}, super-convergence {Word(findings.Verdict)}"),
        JobOutcome.RangeTested tested => tested.Findings.Evidence,
        JobOutcome.ResumeChecked check => check.Equal
            ? $"interrupted at step {check.InterruptedAtStep}, resumed, equal bit for bit"
            : $"interrupted at step {check.InterruptedAtStep}, resumed, NOT equal",
        JobOutcome.Diverged diverged => string.Create(
            CultureInfo.InvariantCulture, $"diverged at step {diverged.Step}, LR {diverged.LearningRate:0.####}: {diverged.Evidence}"),
        JobOutcome.OutOfMemory memory => $"out of memory: {memory.Evidence}",
        JobOutcome.Failed failed => $"failed: {failed.Error}",
        JobOutcome.Stopped stopped => $"stopped: {stopped.Reason}",
        JobOutcome.StoppedEarly early => $"stopped early by {early.Evidence.Rule}: {early.Evidence.Text}",
        _ => throw new UnreachableException(),
    };

    /// <summary>Short name of an outcome's kind, as it is stored.</summary>
    public static string Kind(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Trained => "trained",
        JobOutcome.RangeTested => "range_tested",
        JobOutcome.ResumeChecked => "resume_checked",
        JobOutcome.Diverged => "diverged",
        JobOutcome.OutOfMemory => "out_of_memory",
        JobOutcome.Failed => "failed",
        JobOutcome.Stopped => "stopped",
        JobOutcome.StoppedEarly => "stopped_early",
        _ => throw new UnreachableException(),
    };

    /// <summary>What a trial reached by what its sweep ranks by: <c>91.23%</c>, <c>macro F1 90.12%</c>, <c>log loss 0.312</c>.</summary>
    /// <param name="score">It.</param>
    /// <param name="ranking">The sweep's choice.</param>
    public static string Of(TrialScore score, Ranking ranking) => (ranking.By, score.Value(ranking)) switch
    {
        (_, null) => $"no {ranking.MetricWords}",
        (Metric.Accuracy, { } value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.00%}"),
        (Metric.LogLoss, { } value) => string.Create(CultureInfo.InvariantCulture, $"{ranking.MetricWords} {value:0.000}"),
        (_, { } value) when ranking.By.IsFraction() => string.Create(CultureInfo.InvariantCulture, $"{ranking.MetricWords} {value:0.00%}"),
        (_, { } value) => string.Create(CultureInfo.InvariantCulture, $"{ranking.MetricWords} {value:G4}"),
    };

    private static string Score(TrialScore score) => score.ValidationAccuracy is { } validation
        ? string.Create(CultureInfo.InvariantCulture, $"validation {validation:0.00%}, test {score.TestAccuracy:0.00%}")
        : string.Create(CultureInfo.InvariantCulture, $"test {score.TestAccuracy:0.00%}");

    private static string Word(RangeTestVerdict verdict) => verdict switch
    {
        RangeTestVerdict.Possible => "possible",
        RangeTestVerdict.NotPossible => "not possible",
        RangeTestVerdict.Inconclusive => "inconclusive",
        _ => throw new UnreachableException(),
    };
}
