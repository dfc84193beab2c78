using Spectre.Console;
using Sweeper.Client.Rendering;
using Sweeper.Contracts.Jobs;
using Sweeper.Contracts.Specs;
using Sweeper.Contracts.Sweeps;

namespace Sweeper.Client.Reporting;

/// <summary>One job with everything that is known about it.</summary>
internal static class JobDetails
{
    private const int SparklineWidth = 40;

    /// <summary>Writes a trial.</summary>
    public static void Write(IAnsiConsole console, string sweep, TrialRecord trial, JobCurves? curves, TimeZoneInfo zone, Metric score = Metric.Accuracy)
    {
        Table table = Begin(console, new JobKey(sweep, JobKind.Trial, trial.Number), trial.Status, trial.Outcome);
        Row(table, "configuration", trial.Configuration.ToString());
        Row(table, "cell", new JobKey(sweep, JobKind.RangeTest, trial.Cell).ShortName);
        Row(table, "replicate, seed", FormattableString.Invariant($"{trial.Replicate}, {trial.Seed}"));
        if (trial.Plan is { } plan)
        {
            Row(table, "for", FormattableString.Invariant($"{plan.Role.ToString().ToLowerInvariant()}{(plan.Epochs > 0 ? FormattableString.Invariant($", {plan.Epochs:0.##} epochs") : "")}, momentum {plan.Schedule.MomentumHigh:0.##}"));
            Row(table, "why", plan.Why);
        }

        if (trial.Score is { } reached)
        {
            Row(table, "validation", $"{HumanText.Percent(reached.ValidationAccuracy)}, loss {HumanText.Loss(reached.ValidationLoss)}");
            Row(table, "test", $"{HumanText.Percent(reached.TestAccuracy)}, loss {HumanText.Loss(reached.TestLoss)}");
            Metrics(table, "validation, further", reached.ValidationMetrics);
            Metrics(table, "test, further", reached.TestMetrics);
            Row(table, "training loss", HumanText.Loss(reached.TrainLoss));
            if (reached.WeightsHash.Length > 0)
            {
                Row(table, "weights", $"sha256 {reached.WeightsHash}");
            }
        }

        End(console, table, trial.Attempts, trial.Outcome, trial.Run, curves, zone, score);
    }

    private static void Metrics(Table table, string name, TrialMetrics? metrics)
    {
        if (MetricText.All(metrics) is { } words)
        {
            Row(table, name, words);
        }
    }

    /// <summary>Writes a range test.</summary>
    public static void Write(IAnsiConsole console, string sweep, CellRecord cell, JobCurves? curves, TimeZoneInfo zone, Metric score = Metric.Accuracy)
    {
        Table table = Begin(console, new JobKey(sweep, JobKind.RangeTest, cell.Number), cell.Status, cell.Outcome);
        Row(table, "cell", cell.Key.ToString());
        if (cell.Repeat is { } repeat)
        {
            Row(table, "repeats", $"{new JobKey(sweep, JobKind.RangeTest, repeat.Of).ShortName}: {repeat.Why}");
        }

        if (cell.Findings is { } found)
        {
            Row(table, "super-convergence", StatusText.Of(found.Verdict));
            Row(table, "max LR (Smith)", HumanText.Rate(found.MaxLearningRate));
            Row(table, "min LR (Smith)", HumanText.Rate(found.MinLearningRate));
            Row(table, "valley", HumanText.Rate(found.Valley));
            Row(table, "slide", HumanText.Rate(found.Slide));
            Row(table, "minimum", HumanText.Rate(found.Minimum));
            Row(table, "steep", HumanText.Rate(found.Steep));
            Row(table, $"best {score.Words()}", HumanText.Percent(found.BestAccuracy));
            Row(table, "flatness", HumanText.Rate(found.Flatness));
            Row(table, "diverged at", HumanText.Rate(found.DivergedAt));
        }

        End(console, table, cell.Attempts, cell.Outcome, cell.Run, curves, zone, score);
    }

    private static Table Begin(IAnsiConsole console, JobKey key, JobStatus status, JobOutcome? outcome)
    {
        console.MarkupLine($"[bold]{Markup.Escape(key.ToString())}[/] {StatusText.Of(status, outcome)}");
        var table = new Table { Border = TableBorder.None, ShowHeaders = false };
        table.AddColumn(new TableColumn("") { NoWrap = true, Padding = new Padding(2, 0, 2, 0) });
        table.AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 0, 0) });
        return table;
    }

    private static void End(
        IAnsiConsole console, Table table, int attempts, JobOutcome? outcome, RunInfo? run, JobCurves? curves, TimeZoneInfo zone, Metric score)
    {
        if (StatusText.Evidence(outcome) is { } evidence)
        {
            Row(table, "evidence", evidence);
        }

        if (outcome is JobOutcome.ResumeChecked check)
        {
            Row(table, "resume check", $"interrupted at step {check.InterruptedAtStep}: {(check.Equal ? "equal" : "NOT equal")}");
        }

        Row(table, "attempts", FormattableString.Invariant($"{attempts}"));
        if (run is not null)
        {
            Row(table, "device", $"{run.Device} ({run.Worker})");
            if (run.TrainImages > 0)
            {
                Row(table, "training images", FormattableString.Invariant($"{run.TrainImages}") + (run.SkippedFiles > 0 ? $" ({run.SkippedFiles} damaged files were skipped)" : ""));
            }

            string cooldowns = run.CooldownEpochs > 0 ? FormattableString.Invariant($", {run.CooldownEpochs:0.##} of them for cooldown readings") : "";
            Row(table, "steps, epochs", FormattableString.Invariant($"{run.Steps}, {run.Epochs:0.##}{cooldowns}"));
            Row(table, "time", $"{HumanText.Duration(run.Seconds)}, {HumanText.Speed(run.ImagesPerSecond)} images/s");
            Row(table, "started", HumanText.Moment(run.StartedAt, zone));
            if (!run.IsExternal)
            {
                Row(table, "parameters", run.Parameters.ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
            }

            if (run.MemoryBytes is { } memory)
            {
                Row(table, "training memory", HumanText.Memory(memory));
            }

            Row(table, "versions", run.Versions);
            Row(table, run.IsExternal ? "trainer files" : "data", $"sha256 {run.DataHash}");
            if (run.ReusedFrom is { } source)
            {
                Row(table, "reused from", source.ToString());
            }

            if (run.ResumedFromStep > 0)
            {
                Row(table, "resumed from", FormattableString.Invariant($"step {run.ResumedFromStep}"));
            }
        }

        if (curves is { Step.Length: > 0 })
        {
            Row(table, "learning rate", Sparkline.Of(curves.LearningRate, SparklineWidth));
            Row(table, "training loss", Sparkline.Of(curves.TrainLoss, SparklineWidth));
            Row(table, score.Words(), Sparkline.Of([.. curves.Evaluations.Where(reading => reading.Images == EvaluationSet.Validation).Select(reading => reading.Accuracy)], SparklineWidth));
            Evaluation[] cooled = [.. curves.Evaluations.Where(reading => reading.Images == EvaluationSet.Cooldown)];
            if (cooled.Length > 0)
            {
                Row(table, "if annealed", string.Join(", ", cooled.Select(reading => FormattableString.Invariant($"{HumanText.Percent(reading.Accuracy)} at step {reading.Step}"))));
            }
        }

        console.Write(table);
    }

    private static void Row(Table table, string name, string value) =>
        table.AddRow(new Markup($"[grey]{Markup.Escape(name)}[/]"), new Text(value));
}
