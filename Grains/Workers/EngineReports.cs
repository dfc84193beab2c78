using System.Diagnostics;
using Sweeper.Contracts.Jobs;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Running;

namespace Sweeper.Grains.Workers;

/// <summary>The wire's words for the engine's results.</summary>
internal static class EngineReports
{
    /// <summary>Report of a training run.</summary>
    /// <param name="ticket">The job.</param>
    /// <param name="worker">Key of the worker.</param>
    /// <param name="result">What the engine says.</param>
    /// <param name="stopReason">Why it was asked to stop, where it was.</param>
    public static JobReport Training(JobTicket ticket, string worker, TrainingResult result, string? stopReason) => Report(
        ticket,
        result.Outcome switch
        {
            TrainingOutcome.Completed => new JobOutcome.Trained(Score(result)),
            TrainingOutcome.Diverged diverged => new JobOutcome.Diverged(diverged.Step, diverged.LearningRate, diverged.Evidence),
            TrainingOutcome.OutOfMemory memory => new JobOutcome.OutOfMemory(memory.Evidence),
            TrainingOutcome.Cancelled => new JobOutcome.Stopped(stopReason ?? "it was asked to"),
            _ => throw new UnreachableException(),
        },
        Run(worker, result.Circumstances, result.WallTime, result.Steps, result.Epochs, result.ImagesPerSecond, result.ResumedFromStep) with
        {
            CooldownEpochs = result.CooldownEpochs,
            MemoryBytes = result.MemoryBytes,
        },
        Curves(result));

    /// <summary>Report of a range test.</summary>
    /// <param name="ticket">The job.</param>
    /// <param name="worker">Key of the worker.</param>
    /// <param name="result">What the engine says.</param>
    /// <param name="stopReason">Why it was asked to stop, where it was.</param>
    public static JobReport RangeTest(JobTicket ticket, string worker, RangeTestResult result, string? stopReason) => Report(
        ticket,
        result.Outcome switch
        {
            RangeTestOutcome.Completed or RangeTestOutcome.Diverged => new JobOutcome.RangeTested(Findings(ticket, result.Curve, result.Suggestions)),
            RangeTestOutcome.OutOfMemory memory => new JobOutcome.OutOfMemory(memory.Evidence),
            RangeTestOutcome.Cancelled => new JobOutcome.Stopped(stopReason ?? "it was asked to"),
            _ => throw new UnreachableException(),
        },
        Run(worker, result.Circumstances, result.WallTime, result.Steps, result.Epochs, result.ImagesPerSecond, resumedFromStep: 0),
        Curves(result));

    /// <summary>Score of a completed run.</summary>
    public static TrialScore Score(TrainingResult result)
    {
        EvaluationReading test = result.Test ?? throw new InvalidOperationException("A completed run ends with a reading on the test images.");
        return new TrialScore(
            result.TrainLoss, result.Validation?.Loss, result.Validation?.Accuracy, test.Loss, test.Accuracy, Hash(result), Metrics(result.Validation), Metrics(test));
    }

    private static TrialMetrics? Metrics(EvaluationReading? reading) => reading switch
    {
        { Classes: { } classes } whole => new TrialMetrics(whole.Loss, classes.Top5Accuracy, classes.BalancedAccuracy, classes.MacroF1, Own: Own(whole)),
        { Errors: { } errors } whole => new TrialMetrics(Rmse: errors.RootMeanSquare, Mae: errors.MeanAbsolute, Own: Own(whole)),
        _ => null,
    };

    private static OwnMetrics? Own(EvaluationReading reading) => OwnMetrics.Of(reading.Own.Select(one => new OwnMetricValue(one.Name, one.Value)));

    /// <summary>Hash of a completed run's weights.</summary>
    public static string Hash(TrainingResult result) =>
        result.FinalWeightsHash ?? throw new InvalidOperationException("A completed run has final weights.");

    private static JobReport Report(JobTicket ticket, JobOutcome outcome, RunInfo run, JobCurves curves) =>
        new(ticket.Key, ticket.Attempt, ticket.LeaseId, outcome, run, curves);

    private static RunInfo Run(
        string worker, RunCircumstances at, TimeSpan wall, int steps, double epochs, double imagesPerSecond, int resumedFromStep) => new(
        worker,
        at.Device,
        at.Versions,
        (int)at.Seed,
        at.DataHash,
        at.Parameters,
        at.StartedAt,
        wall.TotalSeconds,
        steps,
        epochs,
        imagesPerSecond,
        resumedFromStep,
        at.Platform,
        TrainImages: at.TrainImages,
        SkippedFiles: at.SkippedFiles);

    /// <summary>
    /// Smith's maximum where accuracy was measured; fastai's valley stands in as the maximum where only the loss was, as
    /// <c>fit_one_cycle</c> is used with it.
    /// </summary>
    public static RangeTestFindings Findings(JobTicket ticket, RangeTestCurve curve, RangeTestSuggestions suggestions)
    {
        SmithReading smith = suggestions.Smith;
        double? valley = suggestions.Valley.LearningRateOrNull;
        bool byLoss = ticket.Spec.RangeTest.Method == Contracts.Specs.RangeTestMethod.Fastai;
        double? maximum = byLoss ? valley : smith.MaxLearningRate.LearningRateOrNull;
        string evidence = (maximum, smith.MaxLearningRate, suggestions.Valley) switch
        {
            (null, _, Suggestion.None none) when byLoss => none.Reason,
            (null, Suggestion.None none, _) => none.Reason,
            _ when byLoss => "the maximum is fastai's valley: only the training loss was measured",
            _ => smith.Evidence,
        };
        return new RangeTestFindings(
            (RangeTestVerdict)smith.Verdict,
            evidence,
            maximum,
            byLoss ? maximum / 10 : smith.MinLearningRate.LearningRateOrNull,
            valley,
            suggestions.Slide.LearningRateOrNull,
            suggestions.Minimum.LearningRateOrNull,
            suggestions.Steep.LearningRateOrNull,
            smith.Flatness,
            smith.BestAccuracy,
            curve.DivergedAt);
    }

    private static JobCurves Curves(TrainingResult result) => new(
        [.. result.Curve.Select(point => point.Step)],
        [.. result.Curve.Select(point => point.LearningRate)],
        [.. result.Curve.Select(point => point.Momentum)],
        [.. result.Curve.Select(point => point.TrainLoss)],
        [.. result.Curve.Select(point => point.SmoothedLoss)],
        [
            .. result.Evaluations.Select(reading => new Evaluation(
                reading.Step,
                reading.Images switch
                {
                    EvaluationImages.Validation => EvaluationSet.Validation,
                    EvaluationImages.Test => EvaluationSet.Test,
                    EvaluationImages.Cooldown => EvaluationSet.Cooldown,
                    _ => throw new UnreachableException(),
                },
                reading.Loss,
                reading.Accuracy)),
        ]);

    private static JobCurves Curves(RangeTestResult result) => new(
        [.. result.Curve.Points.Select(point => point.Step + 1)],
        [.. result.Curve.Points.Select(point => point.LearningRate)],
        [.. result.Curve.Points.Select(point => point.Momentum)],
        [.. result.Curve.Points.Select(point => point.Loss)],
        [.. result.Curve.Points.Select(point => point.SmoothedLoss)],
        [.. result.Curve.Readings.Select(reading => new Evaluation(reading.Step + 1, EvaluationSet.Validation, reading.Loss, reading.Accuracy))]);
}
