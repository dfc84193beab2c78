using System.Globalization;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Training.RangeTests;
using Sweeper.Training.Schedules;

namespace Sweeper.Grains.Workers.External;

/// <summary>What an external trainer's metrics come to.</summary>
internal static class ExternalReports
{
    private static readonly string[] MemoryWords = ["out of memory", "OutOfMemory", "MemoryError", "bad_alloc", "Cannot allocate memory"];

    /// <summary>Outcome of a command that ended by itself.</summary>
    /// <param name="ticket">The job.</param>
    /// <param name="plan">What it asked.</param>
    /// <param name="metrics">What was reported.</param>
    /// <param name="process">The command, ended.</param>
    public static JobOutcome Ended(JobTicket ticket, ExternalPlan plan, MetricsRecorder metrics, CommandProcess process) =>
        process.ExitCode != 0 ? Broken(ticket, process)
        : Incomplete(ticket, plan, metrics) is { } missing ? new JobOutcome.Failed($"{Command(ticket)} ended with exit code 0, but {missing}{Said(process)}")
        : plan.Ramp is not null ? new JobOutcome.RangeTested(Findings(ticket, plan, metrics))
        : new JobOutcome.Trained(Score(metrics));

    /// <summary>What a range test suggests, ended or diverged.</summary>
    public static RangeTestFindings Findings(JobTicket ticket, ExternalPlan plan, MetricsRecorder metrics)
    {
        TrainerSpec trainer = ticket.Spec.Trainer!; // an external job
        var curve = new RangeTestCurve(
            [.. metrics.Losses.Select(loss => Point(plan.Schedule.At(loss.Step - 1), loss))],
            [.. metrics.Readings.Select(reading => new RangeTestReading(reading.Step - 1, plan.Schedule.At(reading.Step - 1).LearningRate, reading.Loss, reading.Accuracy))],
            plan.Schedule.At(plan.Steps - 1).LearningRate,
            metrics.Diverged?.LearningRate)
        {
            ImagesPerReading = trainer.ValidationExamples > 0 ? trainer.ValidationExamples : null,
            IsRepeat = ticket.Repeat is not null,
        };
        return EngineReports.Findings(ticket, curve, RangeTestRules.Suggest(curve, plan.Steps, trainer.Classes));
    }

    private static RangeTestPoint Point(SchedulePoint at, (int Step, double Loss, double Smoothed) loss) =>
        new(loss.Step - 1, at.LearningRate, at.Momentum, loss.Loss, loss.Smoothed);

    private static TrialScore Score(MetricsRecorder metrics)
    {
        Evaluation test = metrics.Last(EvaluationSet.Test)!.Value; // it is complete
        Evaluation? validation = metrics.Last(EvaluationSet.Validation);
        return new TrialScore(metrics.Curves().TrainLoss[^1], validation?.Loss, validation?.Accuracy, test.Loss, test.Accuracy, WeightsHash: "");
    }

    private static JobOutcome Broken(JobTicket ticket, CommandProcess process)
    {
        if (process.WasKilled)
        {
            return new JobOutcome.OutOfMemory($"{Command(ticket)} was killed (SIGKILL) from outside, as the kernel does where the machine's memory is short{Said(process)}");
        }

        string words = process.LastWords();
        return MemoryWords.Any(word => words.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? new JobOutcome.OutOfMemory($"{Command(ticket)} ended with exit code {process.ExitCode}{Said(process)}")
            : new JobOutcome.Failed($"{Command(ticket)} ended with {Code(process.ExitCode)}{Said(process)}");
    }

    /// <summary>What a job that ended well has not reported; null: nothing is missing.</summary>
    private static string? Incomplete(JobTicket ticket, ExternalPlan plan, MetricsRecorder metrics)
    {
        TrainerSpec trainer = ticket.Spec.Trainer!; // an external job
        if (metrics.Step == 0)
        {
            return "it reported no metrics: it appends lines such as {\"step\": 1, \"loss\": 2.3} to the file that SWEEPER_METRICS names";
        }

        if (metrics.Step < plan.Steps)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it reported step {metrics.Step} last, and the job has {plan.Steps} steps");
        }

        bool validated = trainer.ValidationExamples == 0 || metrics.Last(EvaluationSet.Validation)?.Step == plan.Steps;
        bool tested = metrics.Last(EvaluationSet.Test)?.Step == plan.Steps;
        return plan.Ramp is not null ? null
            : !validated ? string.Create(CultureInfo.InvariantCulture, $"it reported no validation_loss and validation_accuracy at its last step, {plan.Steps}; trainer.validation_examples says that it has such data")
            : !tested ? string.Create(CultureInfo.InvariantCulture, $"it reported no test_loss and test_accuracy at its last step, {plan.Steps}")
            : null;
    }

    private static string Command(JobTicket ticket) => $"`{ticket.Spec.Trainer!.CommandLine}`";

    private static string Code(int code) => code > 128
        ? string.Create(CultureInfo.InvariantCulture, $"exit code {code} (signal {code - 128})")
        : string.Create(CultureInfo.InvariantCulture, $"exit code {code}");

    private static string Said(CommandProcess process) => process.LastWords() is { Length: > 0 } words ? $"; its last words: {words}" : "; it printed nothing";
}
